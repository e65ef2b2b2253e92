import { describe, expect, test } from 'vitest'
import type { Page, Psa, PullCursor, PulledInvoice } from '@/lib/connectors/contract'
import { money, sum } from '@/lib/money/money'

/** A PSA with a stand-in behind it, and what a person can do at its own screens. */
export type PsaUnderTest<Secret> = {
  psa: Psa<Secret>
  secret: Secret
  wrongSecret: Secret
  /** How many clients and invoices it holds. */
  counts: () => Promise<{ clients: number; invoices: number }>
  /** An open invoice of this amount before tax; its id. */
  issue: (cents: number) => Promise<string>
  change: (externalId: string, cents: number) => Promise<void>
  remove: (externalId: string) => Promise<void>
  /** A person is deleted there. */
  removeContact: (externalId: string) => Promise<void>
  /** Makes a row unreadable; its id. */
  spoil: () => Promise<string>
  /** Cuts the answer to the next added payment after it had its effect. */
  loseNextAnswer: () => void
  paymentsOf: (externalId: string) => Promise<{ externalId: string; cents: number }[]>
  notesOf: (externalId: string) => Promise<string>
}

/** What every PSA connector promises, whichever system stands behind it. */
export function describePsa<Secret>(name: string, start: () => Promise<PsaUnderTest<Secret>>): void {
  describe(name, async () => {
    const there = await start()
    const { psa, secret } = there
    const today = new Date().toISOString().slice(0, 10)

    test('says whom it talks to, and refuses credentials that are no good with the cure', async () => {
      expect(await psa.check(secret)).toMatchObject({ account: expect.any(String), missing: [] })
      await expect(psa.check(there.wrongSecret)).rejects.toMatchObject({ cure: 'reconnect' })
      await expect(all(psa.pullInvoices(there.wrongSecret, undefined))).rejects.toMatchObject({ cure: 'reconnect' })
    })

    test('pulls everything once, with its lines adding up to what is asked for', async () => {
      const counts = await there.counts()
      expect((await all(psa.pullClients(secret, undefined))).items).toHaveLength(counts.clients)
      const { items } = await all(psa.pullInvoices(secret, undefined))
      expect(new Set(items.map(({ externalId }) => externalId)).size).toBe(counts.invoices)
      for (const { lines, tax, total } of items) {
        const amounts = lines.map(({ amount }) => amount)
        expect(sum([...amounts, tax], total.currency)).toEqual(total)
        expect(total.minor).toBeGreaterThanOrEqual(0n)
      }
    })

    test('pulls again from where it stopped only what changed since, and loses nothing', async () => {
      const { cursor } = await all(psa.pullInvoices(secret, undefined))
      const externalId = await there.issue(12_300)
      const since = await all(psa.pullInvoices(secret, cursor))
      expect(since.items.map((item) => item.externalId)).toContain(externalId)
      await there.change(externalId, 4_500)
      const again = await all(psa.pullInvoices(secret, since.cursor))
      expect(again.items.find((item) => item.externalId === externalId)?.lines[0]?.amount.minor).toBe(4_500n)
    })

    test('an invoice asked for alone is the one in the list; one that is no more is gone', async () => {
      const externalId = await there.issue(8_800)
      const { items } = await all(psa.pullInvoices(secret, undefined))
      const listed = items.find((item) => item.externalId === externalId)
      expect(await psa.fetchInvoice(secret, externalId)).toEqual(listed)
      expect((await psa.listInvoiceIds(secret)).ids).toContain(externalId)
      await there.issue(100)
      await there.remove(externalId)
      expect(await psa.fetchInvoice(secret, externalId)).toBe('gone')
      const { ids, claimedCount } = await psa.listInvoiceIds(secret)
      expect(ids).not.toContain(externalId)
      expect(ids).toHaveLength(claimedCount)
    })

    test('people are listed, and one who is no more is not among them', async () => {
      const { items } = await all(psa.pullContacts(secret, undefined))
      const [one, other] = items.map(({ externalId }) => externalId)
      if (one === undefined || other === undefined) throw new Error('there are no people')
      expect(await psa.hasContact(secret, one)).toBe(true)
      await there.removeContact(one)
      expect(await psa.hasContact(secret, one)).toBe(false)
      const { ids, claimedCount } = await psa.listContactIds(secret)
      expect(ids).toContain(other)
      expect(ids).not.toContain(one)
      expect(ids).toHaveLength(claimedCount)
      await expect(psa.hasContact(there.wrongSecret, other)).rejects.toMatchObject({ cure: 'reconnect' })
    })

    test('credentials that went bad do not make an invoice look gone', async () => {
      const externalId = await there.issue(700)
      await expect(psa.fetchInvoice(there.wrongSecret, externalId)).rejects.toMatchObject({ cure: 'reconnect' })
    })

    test('a row that cannot be read is handed over with the reason, and the others with it', async () => {
      const externalId = await there.spoil()
      const { items, rejected } = await all(psa.pullInvoices(secret, undefined))
      expect(rejected).toEqual([{ externalId, reason: expect.any(String), raw: expect.anything() }])
      expect(items).toHaveLength((await there.counts()).invoices - 1)
      await expect(psa.fetchInvoice(secret, externalId)).rejects.toMatchObject({ cure: 'skip' })
    })

    test('a payment is added, found, and taken back; taking back twice is no harm', async () => {
      const invoiceExternalId = await there.issue(9_000)
      const invoice = invoiceOf(await psa.fetchInvoice(secret, invoiceExternalId))
      const fact = { invoiceExternalId, amount: invoice.balance, paidOn: today, knownPaymentIds: [] }
      expect(await psa.findPayment(secret, fact)).toBeUndefined()
      const { externalId } = await psa.pushPayment(secret, fact)
      expect(await psa.findPayment(secret, fact)).toEqual({ externalId })
      expect(await psa.findPayment(secret, { ...fact, knownPaymentIds: [externalId] })).toBeUndefined()
      const paid = invoiceOf(await psa.fetchInvoice(secret, invoiceExternalId))
      expect(paid.balance.minor).toBe(0n)
      expect(paid.payments).toEqual([{ externalId, amount: fact.amount, paidOn: today }])
      await psa.reversePayment?.(secret, { invoiceExternalId, paymentExternalId: externalId })
      await psa.reversePayment?.(secret, { invoiceExternalId, paymentExternalId: externalId })
      expect(invoiceOf(await psa.fetchInvoice(secret, invoiceExternalId)).balance).toEqual(invoice.balance)
    })

    test('a payment whose answer was lost is unknown, and found by looking', async () => {
      const invoiceExternalId = await there.issue(9_100)
      const { balance } = invoiceOf(await psa.fetchInvoice(secret, invoiceExternalId))
      const fact = { invoiceExternalId, amount: balance, paidOn: today, knownPaymentIds: [] }
      there.loseNextAnswer()
      await expect(psa.pushPayment(secret, fact)).rejects.toMatchObject({ cure: 'unknown' })
      const [row] = await there.paymentsOf(invoiceExternalId)
      expect(await psa.findPayment(secret, fact)).toEqual({ externalId: row?.externalId })
    })

    test('more than is open is never posted', async () => {
      const invoiceExternalId = await there.issue(5_000)
      const { balance } = invoiceOf(await psa.fetchInvoice(secret, invoiceExternalId))
      const amount = money(balance.minor + 1n, balance.currency)
      const fact = { invoiceExternalId, amount, paidOn: today, knownPaymentIds: [] }
      await expect(psa.pushPayment(secret, fact)).rejects.toMatchObject({ cure: 'skip' })
      expect(await there.paymentsOf(invoiceExternalId)).toEqual([])
    })

    test.runIf(psa.pushNote)('a note is left once', async () => {
      const invoiceExternalId = await there.issue(5_100)
      const note = { invoiceExternalId, text: 'The bank returned the debit.' }
      await psa.pushNote?.(secret, note)
      await psa.pushNote?.(secret, note)
      expect(await there.notesOf(invoiceExternalId)).toBe(note.text)
    })
  })
}

async function all<Item>(
  pages: AsyncIterable<Page<Item, PullCursor>>,
): Promise<{ items: Item[]; rejected: Page<Item, PullCursor>['rejected']; cursor: PullCursor | undefined }> {
  const whole: { items: Item[]; rejected: Page<Item, PullCursor>['rejected']; cursor: PullCursor | undefined } = {
    items: [],
    rejected: [],
    cursor: undefined,
  }
  for await (const { items, rejected, cursor } of pages) {
    whole.items.push(...items)
    whole.rejected.push(...rejected)
    whole.cursor = cursor
  }
  return whole
}

function invoiceOf(found: PulledInvoice | 'gone'): PulledInvoice {
  if (found === 'gone') throw new Error('the invoice is gone')
  return found
}
