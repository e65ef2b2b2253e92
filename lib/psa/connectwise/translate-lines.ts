import type { PulledLine } from '@/lib/connectors/contract'
import { type Money, money } from '@/lib/money/money'
import { nearest, quantityText } from './fields'
import type { WireExpense, WireInvoice, WirePayment, WireProduct, WireTime } from './wire'

export type InvoiceParts = {
  products: readonly WireProduct[]
  times: readonly WireTime[]
  expenses: readonly WireExpense[]
  payments: readonly WirePayment[]
}

export function linesOf(wire: WireInvoice, parts: InvoiceParts, currency: string): PulledLine[] {
  const agreementName = wire.agreement?.name ?? 'Agreement'
  const products = parts.products
    .filter(({ cancelledFlag, billableOption }) => !cancelledFlag && billableOption !== 'DoNotBill')
    .toSorted((a, b) => (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0) || a.id - b.id)
    .map((product) => ({ product, line: productLine(product, agreementName, currency) }))
  const onAgreement = products.filter(({ product }) => isOnAgreement(product)).map(({ line }) => line)
  const others = products.filter(({ product }) => !isOnAgreement(product)).map(({ line }) => line)
  return [
    ...baseOf(wire, onAgreement, agreementName, currency),
    ...onAgreement,
    ...others,
    ...parts.times.filter(isBilled).map((time) => timeLine(time, currency)),
    ...parts.expenses.filter(isBilled).map((expense) => expenseLine(expense, currency)),
  ]
}

function isBilled({ billableOption }: { billableOption?: string | null | undefined }): boolean {
  return billableOption !== 'DoNotBill'
}

function isOnAgreement({ productClass }: WireProduct): boolean {
  return productClass === 'Agreement'
}

/** The agreement's own amount stands in the totals only; what its additions do not explain of it is that amount. */
function baseOf(wire: WireInvoice, additions: readonly PulledLine[], name: string, currency: string): PulledLine[] {
  const whole = nearest('agreementAmount', wire.agreementAmount ?? 0, currency)
  const base = additions.reduce((left, { amount }) => left - amount.minor, whole.minor)
  if (whole.minor === 0n || base === 0n) return []
  const amount = money(base, currency)
  return [
    {
      kind: 'agreement',
      heading: name,
      description: name,
      quantity: '1',
      unitPrice: amount,
      amount,
      taxable: false,
    },
  ]
}

function productLine(product: WireProduct, agreementName: string, currency: string): PulledLine {
  const isFree = product.billableOption === 'NoCharge'
  const quantity = product.quantity ?? 1
  const price = isFree ? 0 : (product.price ?? 0)
  const extended = isFree ? 0 : (product.extPrice ?? price * quantity - (product.discount ?? 0))
  return {
    kind: isOnAgreement(product) ? 'agreement' : 'product',
    heading: isOnAgreement(product) ? (product.agreement?.name ?? agreementName) : 'Products',
    description: product.customerDescription || product.description,
    quantity: quantityText(quantity),
    unitPrice: nearest(`product ${product.id}`, price, currency),
    amount: nearest(`product ${product.id}`, extended, currency),
    taxable: product.taxableFlag,
  }
}

function timeLine(time: WireTime, currency: string): PulledLine {
  const isFree = time.billableOption === 'NoCharge'
  const hours = time.invoiceHours ?? time.hoursBilled ?? 0
  const rate = isFree ? 0 : (time.hourlyRate ?? 0)
  return {
    kind: 'time',
    heading: 'Time',
    description: time.notes || (time.workType?.name ?? 'Work'),
    quantity: quantityText(hours),
    unitPrice: nearest(`time entry ${time.id}`, rate, currency),
    amount: nearest(`time entry ${time.id}`, isFree ? 0 : (time.extendedInvoiceAmount ?? rate * hours), currency),
    taxable: false,
  }
}

function expenseLine(expense: WireExpense, currency: string): PulledLine {
  const isFree = expense.billableOption === 'NoCharge'
  const value = isFree ? 0 : (expense.invoiceAmount ?? expense.billAmount ?? expense.amount ?? 0)
  const amount = nearest(`expense ${expense.id}`, value, currency)
  return {
    kind: 'expense',
    heading: 'Expenses',
    description: expense.notes || (expense.type?.name ?? 'Expense'),
    quantity: '1',
    unitPrice: amount,
    amount,
    taxable: false,
  }
}

/** Lines add up to what is asked for before tax; down payments and earlier progress stand in the totals only. */
export function withRest(lines: PulledLine[], subtotal: Money): PulledLine[] {
  const rest = lines.reduce((left, { amount }) => left - amount.minor, subtotal.minor)
  if (rest === 0n) return lines
  const amount = money(rest, subtotal.currency)
  const isRounding = lines.length > 1 && rest <= BigInt(lines.length) && rest >= BigInt(-lines.length)
  const description = isRounding ? 'Rounding' : lines.length === 0 ? 'Amount due' : 'Down payments and earlier progress'
  const line = { kind: 'adjustment' as const, heading: 'Adjustments', description, quantity: '1', taxable: false }
  return [...lines, { ...line, unitPrice: amount, amount }]
}
