import type { Books } from '../accounting/quickbooks-online/books.ts'
import { cents, dollars } from '../accounting/quickbooks-online/cents.ts'
import { systemAccounts } from '../accounting/quickbooks-online/chart-of-accounts.ts'
import { currencyRef, home, rateOn } from '../accounting/quickbooks-online/currencies.ts'
import { QuickbooksFault } from '../accounting/quickbooks-online/fault.ts'
import { toCreditMemo, toInvoice } from '../accounting/quickbooks-online/from-psa.ts'
import { methodRef } from '../accounting/quickbooks-online/seed-books.ts'
import { contentOf, type Stored } from '../accounting/quickbooks-online/stored.ts'
import { view } from '../accounting/quickbooks-online/view.ts'
import { create, remove, update, voidInvoice } from '../accounting/quickbooks-online/write.ts'
import type { Happening } from '../kernel/service.ts'
import type { PsaInvoiceChange, PsaPaymentChange } from '../world/psa-change.ts'
import type { WorldClient, WorldInvoice, WorldPayment } from '../world/world.ts'

type Sale = 'Invoice' | 'CreditMemo'

type BridgeOptions = {
  books: Books
  /** What the PSA knows about a client; undefined when it has none by that id. */
  client: (id: number) => WorldClient | undefined
  invoice: (id: number) => WorldInvoice | undefined
  happened: (happening: Happening) => void
}

/**
 * The connector that an MSP runs between its PSA and its books. Invoices go over as they are billed. Payments go over when
 * a person has recorded them; those that a program wrote into the PSA are left to that program, or they would be in the
 * books twice.
 */
export class Bridge {
  private readonly options: BridgeOptions
  /** The payment in the books for each one it took over, by the PSA's id. */
  private readonly carried = new Map<number, string>()

  constructor(options: BridgeOptions) {
    this.options = options
  }

  onInvoice({ kind, invoice }: PsaInvoiceChange): void {
    const words = `${invoice.kind === 'CreditMemo' ? 'credit memo' : 'invoice'} ${invoice.number}`
    this.carry(words, () => {
      // Where the books keep one currency, as their settings say, what is billed in another stays in the PSA.
      const { currency } = this.clientOf(invoice)
      if (currency !== undefined && !this.options.books.settings.multicurrency)
        return `left out of the books, in ${currency}`
      if (kind === 'deleted') return this.cancel(invoice)
      return invoice.kind === 'CreditMemo'
        ? this.bring('CreditMemo', invoice.number, toCreditMemo(invoice, this.clientOf(invoice)))
        : this.bring('Invoice', invoice.number, toInvoice(invoice, this.clientOf(invoice)))
    })
  }

  onPayment({ kind, payment, by }: PsaPaymentChange): void {
    if (by === 'program') return
    this.carry(`payment ${payment.reference || payment.id}`, () => {
      return kind === 'added' ? this.addPayment(payment) : this.removePayment(payment)
    })
  }

  private bring(entity: Sale, number: string, content: ReturnType<typeof toInvoice>): string {
    const { books } = this.options
    this.ensureCustomer(content.CustomerRef.value)
    const stored = this.find(entity, number)
    if (stored === undefined) {
      create(books, entity, content)
      return 'written to the books'
    }
    if (JSON.stringify(billed(contentOf(stored))) === JSON.stringify(billed(content))) return 'already in the books'
    update(books, stored, { ...contentOf(stored), ...content })
    return 'changed in the books'
  }

  private cancel(invoice: WorldInvoice): string {
    const { books } = this.options
    if (invoice.kind === 'CreditMemo') {
      const memo = this.find('CreditMemo', invoice.number)
      if (memo === undefined) return 'not in the books'
      remove(books, memo)
      return 'deleted from the books'
    }
    const stored = this.find('Invoice', invoice.number)
    if (stored === undefined) return 'not in the books'
    voidInvoice(books, stored)
    return 'voided in the books'
  }

  /** Straight to the bank account: whoever typed the payment into the PSA has the money already. */
  private addPayment(payment: WorldPayment): string {
    const { books } = this.options
    const invoice = this.options.invoice(payment.invoiceId)
    const stored = invoice && this.find('Invoice', invoice.number)
    if (stored === undefined) return 'no such invoice in the books'
    const open = cents(Number(view(books, stored).Balance))
    const appliedCents = Math.min(open, payment.amountCents)
    const credit = this.creditOf(payment)
    const paid = create(books, 'Payment', {
      TxnDate: payment.on,
      CustomerRef: contentOf(stored).CustomerRef,
      ...moneyOf(contentOf(stored), payment.on),
      TotalAmt: credit === undefined ? dollars(payment.amountCents) : 0,
      DepositToAccountRef: { value: contentOf(stored).CurrencyRef?.value === 'CAD' ? '37' : systemAccounts.operating },
      ...(credit === undefined && { PaymentMethodRef: methodRef(payment.method) }),
      PaymentRefNum: payment.reference.slice(0, 21),
      PrivateNote: `From the PSA, payment ${payment.id}`,
      Line: [
        ...(appliedCents > 0
          ? [{ Amount: dollars(appliedCents), LinkedTxn: [{ TxnId: stored.id, TxnType: 'Invoice' }] }]
          : []),
        ...(credit === undefined
          ? []
          : [{ Amount: dollars(appliedCents), LinkedTxn: [{ TxnId: credit, TxnType: 'CreditMemo' }] }]),
      ],
    })
    this.carried.set(payment.id, paid.id)
    return 'written to the books'
  }

  private removePayment(payment: WorldPayment): string {
    const { books } = this.options
    const stored = books.find('Payment', this.carried.get(payment.id) ?? '')
    if (stored === undefined) return 'not in the books'
    remove(books, stored)
    this.carried.delete(payment.id)
    return 'deleted from the books'
  }

  private creditOf(payment: WorldPayment): string | undefined {
    const memo = payment.creditInvoiceId === undefined ? undefined : this.options.invoice(payment.creditInvoiceId)
    return memo && this.find('CreditMemo', memo.number)?.id
  }

  private find<E extends Sale>(entity: E, number: string): Stored<E> | undefined {
    const { books } = this.options
    return books.find(entity, books.idByKey(entity, number) ?? '')
  }

  private clientOf({ clientId, number }: WorldInvoice): WorldClient {
    const client = this.options.client(clientId)
    if (client === undefined)
      throw new QuickbooksFault('2500', `Invoice ${number} is for a client the PSA does not have`)
    return client
  }

  private ensureCustomer(id: string): void {
    const { books } = this.options
    const client = this.options.client(Number(id))
    if (books.find('Customer', id) !== undefined || client === undefined) return
    const CurrencyRef = currencyRef(client.currency ?? home)
    books.insert('Customer', { DisplayName: client.name, CompanyName: client.name, Active: true, CurrencyRef }, id)
  }

  private carry(words: string, run: () => string): void {
    const at = this.options.books.now().toISOString()
    try {
      this.options.happened({ at, service: 'Bridge', what: words, outcome: run() })
    } catch (error) {
      if (!(error instanceof QuickbooksFault)) throw error
      this.options.happened({ at, service: 'Bridge', what: words, outcome: `refused, ${error.code}` })
    }
  }
}

/** A payment is in the currency of what it pays, at the rate of its own day. */
function moneyOf({ CurrencyRef }: { CurrencyRef?: { value: string } | undefined }, on: string): object {
  if (CurrencyRef === undefined || CurrencyRef.value === home) return {}
  return { CurrencyRef, ExchangeRate: rateOn(CurrencyRef.value, on) }
}

/** What the PSA decides about a sale, to tell whether it has changed. */
function billed({
  CustomerRef,
  TxnDate,
  DueDate,
  TotalAmt,
  Line,
  TxnTaxDetail,
}: ReturnType<typeof toInvoice>): unknown {
  const lines = Line.map(({ Description, Amount, SalesItemLineDetail: detail }) => [
    Description,
    Amount,
    detail?.Qty,
    detail?.UnitPrice,
  ])
  return [CustomerRef.value, TxnDate, DueDate, TotalAmt, TxnTaxDetail?.TotalTax, lines]
}
