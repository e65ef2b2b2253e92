import type { Account } from '@/lib/ledger/account'
import { toDecimal } from '@/lib/money/wire'

/** One entry with its lines, as it is written out. */
export type ExportedEntry = {
  id: string
  bookedOn: string
  causeKind: string
  causeId: string
  note: string
  lines: { debit: Account; credit: Account; amountMinor: bigint; currency: string; clientId: string | null }[]
}

/**
 * An entry in hledger's journal format (hledger.org/hledger.html, "Transactions"): what is debited is positive, what is
 * credited negative, so that any hledger adds it up without knowing us.
 */
export function exportEntry({ id, bookedOn, causeKind, causeId, note, lines }: ExportedEntry): string {
  const said = note === '' ? '' : ` ${oneLine(note)}`
  const postings = lines.flatMap(({ debit, credit, amountMinor, currency, clientId }) => [
    posting(debit, clientId, amountMinor, currency),
    posting(credit, clientId, -amountMinor, currency),
  ])
  return `${bookedOn} (${id}) ${causeKind} ${oneLine(causeId)}${said}\n${postings.join('')}\n`
}

/** The account's name there: receivable and unapplied have one per client. */
export function exportedAccount(account: Account, clientId: string | null): string {
  return (account === 'receivable' || account === 'unapplied') && clientId !== null
    ? `${account}:${clientId}`
    : account.replaceAll('_', '-')
}

function posting(account: Account, clientId: string | null, minor: bigint, currency: string): string {
  return `    ${exportedAccount(account, clientId)}  ${toDecimal({ minor, currency })} ${currency}\n`
}

/** A line break would begin another transaction, a semicolon a comment. */
function oneLine(text: string): string {
  return text.replace(/[\r\n;]+/g, ' ').trim()
}
