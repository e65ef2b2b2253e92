import type {
  AccountMapping,
  AccountRole,
  BookInvoice,
  DepositLine,
  GlAccount,
  JournalDocumentLine,
  Posted,
  PostingDocument,
  Reapplied,
} from '@/lib/connectors/contract'
import { type Money, money, sum } from '@/lib/money/money'
import { fromDecimal, toNumber } from '@/lib/money/wire'
import type { Account, DocumentName, Invoice, JournalEntry, LinkedTxn, Payment } from './wire'

/** Our documents in QuickBooks' words and back. Pure; amounts leave as numbers with the currency's decimals. */

export class UnmappedRole extends Error {
  readonly role: AccountRole

  constructor(role: AccountRole) {
    super(`No account is chosen for ${role}`)
    this.role = role
  }
}

/** What a kind of document is called there. */
export function nameOf(kind: PostingDocument['kind']): DocumentName {
  switch (kind) {
    case 'payment':
      return 'Payment'
    case 'deposit':
      return 'Deposit'
    case 'journal':
      return 'JournalEntry'
  }
}

/**
 * @param rate of a currency that is not the company's own
 * @throws UnmappedRole
 */
export function toBody(document: PostingDocument, mapping: AccountMapping, rate?: number): Record<string, unknown> {
  const { on: TxnDate, currency } = document
  const common = {
    TxnDate,
    CurrencyRef: { value: currency },
    ...(rate === undefined ? {} : { ExchangeRate: rate }),
    PrivateNote: noteOf(document),
  }
  switch (document.kind) {
    case 'payment':
      return {
        ...common,
        CustomerRef: { value: document.customerExternalId },
        TotalAmt: toNumber(document.amount),
        PaymentRefNum: document.reference,
        DepositToAccountRef: accountFor('clearing', mapping),
        Line: document.applied.map(({ invoiceExternalId, amount }) => linkLine(amount, 'Invoice', invoiceExternalId)),
      }
    case 'deposit':
      return {
        ...common,
        DepositToAccountRef: accountFor('bank', mapping),
        Line: document.lines.map((line) => toDepositLine(line, mapping)),
      }
    case 'journal':
      return {
        ...common,
        DocNumber: document.reference,
        Line: document.lines.map((line) => toJournalLine(line, mapping)),
      }
  }
}

/** Our reference ends the note, where nobody who edits the words in front of it takes it away. */
function noteOf({ note, reference }: PostingDocument): string {
  return `${note}\nCloseloop ${reference}`
}

/** A line that links a document carries no detail type: with one QuickBooks asks for an account and refuses. */
function toDepositLine(line: DepositLine, mapping: AccountMapping): object {
  if ('linked' in line) {
    const { kind, externalId, lineId = '0' } = line.linked
    return { Amount: toNumber(line.amount), LinkedTxn: [{ TxnId: externalId, TxnType: kind, TxnLineId: lineId }] }
  }
  return {
    Amount: toNumber(line.amount),
    Description: line.description,
    DetailType: 'DepositLineDetail',
    DepositLineDetail: { AccountRef: accountFor(line.role, mapping) },
  }
}

function toJournalLine(line: JournalDocumentLine, mapping: AccountMapping): object {
  const { customerExternalId: customer } = line
  return {
    Amount: toNumber(line.amount),
    Description: line.description,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: {
      PostingType: line.side === 'debit' ? 'Debit' : 'Credit',
      AccountRef: accountFor(line.role, mapping),
      ...(customer === undefined ? {} : { Entity: { Type: 'Customer', EntityRef: { value: customer } } }),
    },
  }
}

function linkLine(amount: Money, TxnType: string, TxnId: string): LinkLine {
  return { Amount: toNumber(amount), LinkedTxn: [{ TxnId, TxnType }] }
}

function accountFor(role: AccountRole, mapping: AccountMapping): { value: string } {
  const value = mapping[role]
  if (value === undefined) throw new UnmappedRole(role)
  return { value }
}

/** What was written, or found. `currency` is used where QuickBooks leaves the company's own one unsaid. */
export function toPosted(
  kind: DocumentName,
  row: Pick<JournalEntry, 'Id' | 'TxnDate' | 'TotalAmt' | 'Line' | 'CurrencyRef'>,
  clearingId: string | undefined,
  currency: string,
): Posted {
  return {
    externalKind: kind,
    externalId: row.Id,
    externalTag: kind === 'JournalEntry' ? clearingLineOf(row, clearingId) : '0',
    amount: amountOf(row, currency),
    on: row.TxnDate,
  }
}

/** A journal entry's total is its debits; QuickBooks may leave it out. */
export function amountOf(row: Pick<JournalEntry, 'TotalAmt' | 'Line' | 'CurrencyRef'>, currency: string): Money {
  const used = row.CurrencyRef?.value ?? currency
  if (row.TotalAmt !== undefined) return fromDecimal(row.TotalAmt, used)
  const debits = row.Line.filter((line) => line.JournalEntryLineDetail?.PostingType === 'Debit')
  return sum(
    debits.map(({ Amount }) => fromDecimal(Amount, used)),
    used,
  )
}

/** A deposit takes the line of a journal entry that stands on the clearing account. */
function clearingLineOf({ Line }: Pick<JournalEntry, 'Line'>, clearingId: string | undefined): string {
  return Line.find((line) => line.JournalEntryLineDetail?.AccountRef.value === clearingId)?.Id ?? ''
}

export function toBookInvoice(row: Invoice): BookInvoice {
  const currency = row.CurrencyRef.value
  return {
    externalId: row.Id,
    number: row.DocNumber,
    customerExternalId: row.CustomerRef.value,
    total: fromDecimal(row.TotalAmt, currency),
    balance: fromDecimal(row.Balance, currency),
    on: row.TxnDate,
  }
}

export function toGlAccount(row: Account): GlAccount {
  return {
    externalId: row.Id,
    name: row.AcctNum === undefined ? row.Name : `${row.AcctNum} ${row.Name}`,
    type: row.AccountType,
    subtype: row.AccountSubType,
    active: row.Active,
    ...(row.CurrencyRef === undefined ? {} : { currency: row.CurrencyRef.value }),
  }
}

type Link = { type: string; id: string }
type LinkLine = { Amount: number; LinkedTxn: LinkedTxn[] }

/**
 * The lines of a payment after amounts were moved between its invoices and journal entries. Moved to a journal entry,
 * they leave the invoice open again, and the journal entry paid by the payment in its place. Undefined when there is
 * nothing to change, as on a repeat. What the payment does not hold any more where it should is left out: somebody has
 * changed it there.
 */
export function reappliedLines(
  payment: Payment,
  journalId: string,
  moves: readonly Reapplied[],
  currency: string,
): LinkLine[] | undefined {
  const used = payment.CurrencyRef?.value ?? currency
  const held = new Map<string, Link & { minor: bigint }>()
  const keyOf = ({ type, id }: Link) => `${type} ${id}`
  const add = (link: Link, minor: bigint) =>
    held.set(keyOf(link), { ...link, minor: (held.get(keyOf(link))?.minor ?? 0n) + minor })
  for (const { LinkedTxn: links, Amount } of payment.Line)
    for (const { TxnType: type, TxnId: id } of links.slice(0, 1)) add({ type, id }, fromDecimal(Amount, used).minor)
  if (held.has(keyOf({ type: 'JournalEntry', id: journalId }))) return undefined
  let isChanged = false
  for (const move of moves) {
    const invoice = { type: 'Invoice', id: move.invoiceExternalId }
    const journal = { type: 'JournalEntry', id: move.to === 'journal' ? journalId : move.journalExternalId }
    const [from, to] = move.to === 'journal' ? [invoice, journal] : [journal, invoice]
    const there = held.get(keyOf(from))?.minor ?? 0n
    const minor = move.amount.minor < there ? move.amount.minor : there
    if (minor === 0n) continue
    add(from, -minor)
    add(to, minor)
    isChanged = true
  }
  if (!isChanged) return undefined
  return [...held.values()]
    .filter(({ minor }) => minor !== 0n)
    .map(({ type, id, minor }) => linkLine(money(minor, used), type, id))
}

/**
 * Defaults by type, and by name where a type says too little. What is not clear stays open for a person.
 * @param currency another than the company's own: then only the accounts that have to be in it
 */
export function suggestMapping(accounts: readonly GlAccount[], currency?: string): AccountMapping {
  // Undeposited funds are always kept in the company's own currency, and tell which that is.
  const home = accounts.find(({ subtype }) => subtype === 'UndepositedFunds')?.currency
  const wanted = currency ?? home
  const isIn = ({ currency: its }: GlAccount) => its === undefined || wanted === undefined || its === wanted
  const usable = accounts.filter((account) => account.active && isIn(account))
  const find = (...tests: ((account: GlAccount) => boolean)[]) => {
    for (const test of tests) {
      const found = usable.find(test)
      if (found !== undefined) return found.externalId
    }
    return undefined
  }
  const isExpense = ({ type }: GlAccount) => type === 'Expense' || type === 'Other Expense'
  const isIncome = ({ type }: GlAccount) => type === 'Income' || type === 'Other Income'
  const roles: Record<AccountRole, string | undefined> = {
    clearing: find(({ subtype }) => subtype === 'UndepositedFunds'),
    bank: find(
      ({ type, subtype }) => type === 'Bank' && subtype === 'Checking',
      ({ type }) => type === 'Bank',
    ),
    processor_fees: find(
      (account) => isExpense(account) && /processor|processing|merchant|stripe/i.test(account.name),
      (account) => isExpense(account) && account.subtype === 'BankCharges',
    ),
    receivable: find(({ type }) => type === 'Accounts Receivable'),
    surcharge_income: find((account) => isIncome(account) && /surcharge/i.test(account.name)),
    disputed: find(({ type, name }) => type === 'Other Current Asset' && /disput|chargeback/i.test(name)),
    write_offs: find(
      (account) => isExpense(account) && account.subtype === 'BadDebts',
      (account) => isExpense(account) && /bad debt|write.?off/i.test(account.name),
    ),
  }
  return Object.fromEntries(Object.entries(roles).filter(([, id]) => id !== undefined))
}
