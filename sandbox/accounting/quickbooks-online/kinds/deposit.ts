import type { Books } from '../books.ts'
import { cents, dollars, sum } from '../cents.ts'
import { systemAccounts } from '../chart-of-accounts.ts'
import { isReceivable } from '../currencies.ts'
import { QuickbooksFault } from '../fault.ts'
import type { LedgerLine } from '../ledger.ts'
import type { Link, Target } from '../link-table.ts'
import type { LinkedTxn } from '../schema/common.ts'
import type { Line } from '../schema/line.ts'
import type { Stored } from '../stored.ts'
import type { Kind } from './kind.ts'

export const deposit: Kind<'Deposit'> = {
  accept(books, { DocNumber: _, ...content }, previous) {
    if (content.Line.length === 0) {
      throw new QuickbooksFault('2020', 'Required parameter Line is missing in the request', 'Line')
    }
    const Line = content.Line.map((line, at) => ({
      ...acceptLine(books, line, previous, content.CurrencyRef?.value),
      Id: String(at + 1),
      LineNum: at + 1,
    }))
    refuseTwice(Line)
    const total = sum(Line.map((line) => cents(line.Amount))) - cents(content.CashBack?.Amount)
    if (total < 0) throw new QuickbooksFault('6000', 'The total of a deposit must be 0 or greater', 'TotalAmt')
    return {
      ...content,
      DepositToAccountRef: books.moneyAccount(content.DepositToAccountRef),
      Line,
      TotalAmt: dollars(total),
    }
  },
  footprint: (content) => ({
    ledger: [
      { accountId: content.DepositToAccountRef.value, cents: cents(content.TotalAmt) },
      ...content.Line.map(ledgerLine),
      ...(content.CashBack
        ? [{ accountId: content.CashBack.AccountRef.value, cents: cents(content.CashBack.Amount) }]
        : []),
    ],
    applies: [],
    deposits: content.Line.flatMap(linksOf),
  }),
}

function ledgerLine({ Amount, LinkedTxn, DepositLineDetail: detail }: Line): LedgerLine {
  const accountId = LinkedTxn?.length ? systemAccounts.undepositedFunds : (detail?.AccountRef?.value ?? '')
  const customerId = isReceivable(accountId) ? detail?.Entity?.value : undefined
  return { accountId, cents: -cents(Amount), ...(customerId !== undefined && { customerId }) }
}

function linksOf({ Amount, LinkedTxn }: Line): Link[] {
  return (LinkedTxn ?? []).map((link) => ({ target: targetOf(link), cents: cents(Amount) }))
}

function targetOf({ TxnType, TxnId, TxnLineId }: LinkedTxn): Target {
  return {
    type: TxnType,
    id: TxnId,
    ...(TxnType === 'JournalEntry' && TxnLineId !== undefined && { lineId: TxnLineId }),
  }
}

function acceptLine(
  books: Books,
  line: Line,
  previous: Stored<'Deposit'> | undefined,
  currency: string | undefined,
): Line {
  const [link, ...more] = line.LinkedTxn ?? []
  if (link === undefined) return acceptAccountLine(books, line)
  if (more.length > 0 || link.TxnLineId === undefined) {
    throw new QuickbooksFault('2020', 'Required parameter Line.LinkedTxn.TxnLineId is missing in the request', 'Line')
  }
  if (line.DetailType !== undefined && line.DepositLineDetail?.AccountRef === undefined) {
    throw new QuickbooksFault(
      '2020',
      'Required parameter Line.DepositLineDetail.AccountRef is missing in the request',
      'Line',
    )
  }
  const taker = books.deposits.sourcesOf(targetOf(link))[0]?.[0]
  if (taker !== undefined && taker !== previous?.id) {
    throw new QuickbooksFault(
      '6000',
      `${link.TxnType} ${link.TxnId} is already part of deposit ${taker}`,
      'Line.LinkedTxn',
    )
  }
  const available = undepositedCents(books, link)
  if (available === undefined) {
    throw new QuickbooksFault(
      '2500',
      `Invalid Reference Id : ${link.TxnType} ${link.TxnId} is not in Undeposited Funds`,
      'Line.LinkedTxn',
    )
  }
  const theirs = currencyOfLinked(books, link)
  if (theirs !== currency) {
    throw new QuickbooksFault(
      '6000',
      `${link.TxnType} ${link.TxnId} is in ${theirs}, the deposit in ${currency}`,
      'Line',
    )
  }
  if (cents(line.Amount) !== available) {
    throw new QuickbooksFault('6000', `The line must take the whole amount, ${dollars(available)}`, 'Line.Amount')
  }
  return { ...line, LinkedTxn: [link] }
}

function currencyOfLinked(books: Books, { TxnType, TxnId }: LinkedTxn): string | undefined {
  switch (TxnType) {
    case 'Payment':
    case 'SalesReceipt':
    case 'RefundReceipt':
    case 'JournalEntry':
    case 'Purchase':
      return books.contentOf(TxnType, TxnId)?.CurrencyRef?.value
    default:
      return undefined
  }
}

function acceptAccountLine(books: Books, line: Line): Line {
  const detail = line.DepositLineDetail
  if (line.DetailType !== 'DepositLineDetail' || detail?.AccountRef === undefined) {
    throw new QuickbooksFault(
      '2020',
      'Required parameter Line.DepositLineDetail.AccountRef is missing in the request',
      'Line',
    )
  }
  const AccountRef = books.refer('Account', detail.AccountRef, 'Accounts')
  if (isReceivable(AccountRef.value) && detail.Entity === undefined) {
    throw new QuickbooksFault(
      '6000',
      'When you use Accounts Receivable, you must choose a customer in the Name field',
      'Line',
    )
  }
  return { ...line, DepositLineDetail: { ...detail, AccountRef } }
}

/** Signed cents that the transaction holds in Undeposited Funds: refunds and credits to it are negative. */
function undepositedCents(books: Books, { TxnType, TxnId, TxnLineId }: LinkedTxn): number | undefined {
  const undeposited = systemAccounts.undepositedFunds
  switch (TxnType) {
    case 'Payment':
    case 'SalesReceipt':
    case 'RefundReceipt': {
      const found = books.contentOf(TxnType, TxnId)
      if (found?.DepositToAccountRef?.value !== undeposited) return undefined
      return TxnType === 'RefundReceipt' ? -cents(found.TotalAmt) : cents(found.TotalAmt)
    }
    case 'JournalEntry': {
      const line = books.contentOf('JournalEntry', TxnId)?.Line.find(({ Id }) => Id === TxnLineId)
      const detail = line?.JournalEntryLineDetail
      if (detail?.AccountRef.value !== undeposited) return undefined
      return (detail.PostingType === 'Debit' ? 1 : -1) * cents(line?.Amount)
    }
    case 'Purchase': {
      const found = books.contentOf('Purchase', TxnId)
      if (found?.AccountRef.value !== undeposited) return undefined
      return (found.Credit === true ? 1 : -1) * cents(found.TotalAmt)
    }
    default:
      return undefined
  }
}

function refuseTwice(lines: Line[]): void {
  const named = lines.flatMap((line) => (line.LinkedTxn ?? []).map((link) => JSON.stringify(targetOf(link))))
  if (new Set(named).size < named.length) {
    throw new QuickbooksFault('6000', 'A transaction is linked more than once', 'Line.LinkedTxn')
  }
}
