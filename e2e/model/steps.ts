import { type Practice, type PsaInvoice, truthOf } from './practice.ts'
import type { ReferenceBooks } from './reference-books.ts'

/** The invoice and up to `many` in all of the same client: those that owe something and that no other payment may hold. */
export function unpaidAmong(books: ReferenceBooks, practice: Practice, first: PsaInvoice, many: number): PsaInvoice[] {
  const clientId = books.invoices.get(first.id)?.clientId
  const others = [...practice.psa.values()].filter(
    ({ id }) => id !== first.id && books.invoices.get(id)?.clientId === clientId && books.balanceOf(id) > 0n,
  )
  return [first, ...others.slice(0, many - 1)]
}

/**
 * After a round the product knows all there is, of the stories told before too: payments first, then refunds, then
 * disputes, as the round asks.
 */
export async function hearEverything(practice: Practice): Promise<void> {
  const truths = (await practice.allCharges()).map(truthOf)
  for (const { books } of practice.told) {
    for (const truth of truths) books.hearCharge(truth)
    for (const truth of truths) books.hearRefunds(truth)
    for (const truth of truths) books.hearDisputes(truth)
  }
}

/** Both must say the same of every invoice and every client of every story. @throws Error naming what differs */
export async function compareAll(practice: Practice): Promise<void> {
  const figures = await practice.figures()
  for (const { books, clientIds } of practice.told) compareFigures(books, clientIds, practice, figures)
}

/** And of the story being told. */
export async function compare(books: ReferenceBooks, practice: Practice): Promise<void> {
  compareFigures(books, practice.clientIds, practice, await practice.figures())
}

function compareFigures(
  books: ReferenceBooks,
  clientIds: string[],
  practice: Practice,
  { balances, credits }: Awaited<ReturnType<Practice['figures']>>,
): void {
  const differences = [
    ...[...books.invoices.keys()].map((id) => ({
      what: `balance of invoice ${practice.psa.get(id)?.pulled.number ?? id}`,
      should: books.balanceOf(id),
      is: balances.get(id),
    })),
    ...clientIds.map((id, at) => ({
      what: `credit of client ${at}`,
      should: books.creditOf(id),
      is: credits.get(id) ?? 0n,
    })),
  ].filter(({ should, is }) => should !== is)
  if (differences.length > 0)
    throw new Error(differences.map(({ what, should, is }) => `${what}: should be ${should}, is ${is}`).join('; '))
}
