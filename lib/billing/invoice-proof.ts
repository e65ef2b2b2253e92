import { hashOf, isSame } from '@/lib/base/ids'
import { decimalsOf } from '@/lib/money/wire'

/** What somebody who holds an invoice can read off it. */
export type InvoiceProof = { amount: string; postalCode: string }

export type ProvenInvoice = {
  totalMinor: bigint
  balanceMinor: bigint
  currency: string
  postalCode: string
}

/**
 * Whether the proof fits. Every comparison is made, whatever the others came to, and takes as long for a near miss as for
 * nonsense.
 * @param needsBoth after many wrong guesses at a number, one fact alone no longer will do
 */
export function provesInvoice(invoice: ProvenInvoice, proof: InvoiceProof, needsBoth: boolean): boolean {
  const typed = readAmount(proof.amount, invoice.currency) ?? -1n
  const isTotal = isSame(hashOf(String(typed)), hashOf(String(invoice.totalMinor)))
  const isBalance = isSame(hashOf(String(typed)), hashOf(String(invoice.balanceMinor)))
  const isCode = isSame(hashOf(plainCode(proof.postalCode)), hashOf(plainCode(invoice.postalCode)))
  const provesAmount = isTotal || isBalance
  const provesPlace = isCode && plainCode(invoice.postalCode) !== ''
  return needsBoth ? provesAmount && provesPlace : provesAmount || provesPlace
}

/**
 * An amount as people type it: `4913.14`, `$4,913.14`, `4 913,14 $`. The last mark with two digits behind it parts the
 * cents. @returns minor units; undefined for what is no amount
 */
export function readAmount(typed: string, currency: string): bigint | undefined {
  const text = typed.replaceAll(/[\s$\u00a0\u202f]|US|CA/gi, '')
  const places = decimalsOf(currency)
  const match = /^(\d{1,3}(?:[.,]?\d{3})*|\d+)(?:[.,](\d{2}))?$/.exec(text)
  if (match === null || text.length > 20) return undefined
  const [, whole = '', cents = ''] = match
  return BigInt(whole.replaceAll(/\D/g, '') + cents.padEnd(places, '0').slice(0, places))
}

/** `14604-1234` and `14604` are one place; `h2x 1y4` is written with and without its space. */
function plainCode(typed: string): string {
  const code = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return /^\d{9}$/.test(code) ? code.slice(0, 5) : code
}
