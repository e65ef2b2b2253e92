import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type PlainDate } from '@/lib/base/clock'
import { ConnectorFault, type Cure } from '@/lib/connectors/connector-fault'
import type { Accounting, AccountMapping, BookInvoice, Posted, PostingDocument } from '@/lib/connectors/contract'
import { type Money, minus, money, plus } from '@/lib/money/money'

/** What the suite needs of a stand-in to hold a connector to its contract. */
export type Stage<Secret> = {
  connector: Accounting<Secret>
  secret: () => Secret
  /** A date in an open period. */
  today: PlainDate
  currency: string
  world: {
    closeBooks: (through: PlainDate | null) => Promise<unknown>
    /** The next write is applied, and its answer lost. */
    loseNextWrite: () => unknown
    /** The next call is refused because there were too many. */
    throttleNext: () => unknown
    heal: () => unknown
    revokeAccess: () => Promise<unknown>
    remove: (posted: Posted) => Promise<unknown>
    stop: () => Promise<unknown>
  }
}

const half = ({ minor, currency }: Money) => money(minor / 2n, currency)

/** One set of rules for every accounting connector, run against its stand-in over the wire. */
export function testAccounting<Secret>(name: string, set: () => Promise<Stage<Secret>>): void {
  describe(name, () => {
    let stage: Stage<Secret>
    let mapping: AccountMapping
    let open: BookInvoice[]
    const numbers = [...Array(200).keys()].values()
    const next = () => String(numbers.next().value)
    beforeAll(async () => {
      stage = await set()
      const { connector, secret } = stage
      mapping = connector.suggestMapping(await connector.pullAccounts(secret()))
      open = (await connector.balances(secret(), [])).invoices
    })
    afterAll(() => stage.world.stop())

    const key = () => `00000000-0000-7000-8000-${next().padStart(12, '0')}`
    const reference = () => `CL-SUITE${next().padStart(9, '0')}`
    const take = (): BookInvoice => {
      const invoice = open.pop()
      if (invoice === undefined) throw new Error('the stand-in has too few open invoices')
      return invoice
    }
    const post = (document: PostingDocument, requestKey = key()) =>
      stage.connector.post(stage.secret(), document, mapping, requestKey)
    const find = (document: PostingDocument) => stage.connector.find(stage.secret(), document, mapping)
    const paymentOf = (invoice: BookInvoice, amount = invoice.balance): PostingDocument & { kind: 'payment' } => ({
      kind: 'payment',
      reference: reference(),
      on: stage.today,
      customerExternalId: invoice.customerExternalId,
      currency: stage.currency,
      amount,
      method: 'Visa credit, 4242',
      note: `Invoice ${invoice.number}`,
      applied: [{ invoiceExternalId: invoice.externalId, amount }],
    })
    const journalOf = (invoice: BookInvoice, amount: Money): PostingDocument & { kind: 'journal' } => ({
      kind: 'journal',
      reference: reference(),
      on: stage.today,
      currency: stage.currency,
      note: `Bank debit for invoice ${invoice.number} was returned`,
      lines: [
        { side: 'credit', role: 'clearing', amount, description: 'Returned' },
        {
          side: 'debit',
          role: 'receivable',
          amount,
          description: 'Returned',
          customerExternalId: invoice.customerExternalId,
        },
      ],
    })
    const balanceOf = async ({ number }: BookInvoice) =>
      (await stage.connector.findInvoices(stage.secret(), [number]))[0]?.balance.minor
    const cureOf = async (work: Promise<unknown>): Promise<Cure | 'no fault'> =>
      work.then(
        () => 'no fault',
        (error: unknown) => {
          if (error instanceof ConnectorFault) return error.cure
          throw error
        },
      )

    test('says whom it talks to', async () => {
      const checked = await stage.connector.check(stage.secret())
      expect(checked.account).not.toBe('')
      expect(checked.accountName).not.toBe('')
    })

    test('finds the accounts the loop cannot do without by their type', () => {
      for (const role of ['clearing', 'bank', 'processor_fees', 'receivable'] as const)
        expect(mapping[role], role).toBeDefined()
    })

    test('an invoice is found by its number alone, and a number with a quote in it finds nothing', async () => {
      const invoice = take()
      const found = await stage.connector.findInvoices(stage.secret(), [invoice.number])
      expect(found).toEqual([invoice])
      expect(await stage.connector.findInvoices(stage.secret(), [`${invoice.number}' or Id > '0`])).toEqual([])
      expect(await stage.connector.findInvoices(stage.secret(), [String.raw`\'`])).toEqual([])
      expect(await stage.connector.findInvoices(stage.secret(), [])).toEqual([])
    })

    test('a payment takes its amount off the invoice, to the cent, and is found by our reference', async () => {
      const invoice = take()
      const document = paymentOf(invoice, half(invoice.balance))
      expect(await find(document)).toBeUndefined()
      const posted = await post(document)
      expect(posted.amount).toEqual(document.amount)
      expect(await balanceOf(invoice)).toBe(minus(invoice.balance, document.amount).minor)
      expect(await find(document)).toEqual(posted)
    })

    test('the same key posts once, however often it is sent', async () => {
      const invoice = take()
      const document = paymentOf(invoice)
      const requestKey = key()
      const first = await post(document, requestKey)
      expect(await post(document, requestKey)).toEqual(first)
      expect(await balanceOf(invoice)).toBe(0n)
    })

    test('a lost answer is unknown, and what it did is found before anything is repeated', async () => {
      const invoice = take()
      const document = paymentOf(invoice)
      stage.world.loseNextWrite()
      expect(await cureOf(post(document))).toBe('unknown')
      stage.world.heal()
      expect((await find(document))?.amount).toEqual(document.amount)
      expect(await balanceOf(invoice)).toBe(0n)
    })

    test('too many calls: come back later, nothing happened', async () => {
      const invoice = take()
      stage.world.throttleNext()
      expect(await cureOf(post(paymentOf(invoice)))).toBe('retry')
      stage.world.heal()
      expect(await balanceOf(invoice)).toBe(invoice.balance.minor)
    })

    test('more than an invoice owes, a customer that is not its own, a closed period: a person must decide', async () => {
      const invoice = take()
      const excess = plus(invoice.balance, money(1n, stage.currency))
      expect(await cureOf(post(paymentOf(invoice, excess)))).toBe('skip')
      const wrong = open.find((one) => one.customerExternalId !== invoice.customerExternalId)
      const stranger = { ...paymentOf(invoice), customerExternalId: wrong?.customerExternalId ?? '' }
      expect(await cureOf(post(stranger))).toBe('skip')
      await stage.world.closeBooks(stage.today)
      expect(await cureOf(post(paymentOf(invoice)))).toBe('skip')
      await stage.world.closeBooks(null)
      expect(await balanceOf(invoice)).toBe(invoice.balance.minor)
    })

    test('a deposit links payments and what was taken back, with fees as lines of their own, and equals the payout', async () => {
      const [paid, returned] = [take(), take()]
      const payments = [await post(paymentOf(paid)), await post(paymentOf(returned))]
      const journal = await post(journalOf(returned, half(returned.balance)))
      const fee = money(-123n, stage.currency)
      const lines = [
        ...payments.map((one) => ({
          linked: { kind: one.externalKind, externalId: one.externalId, lineId: one.externalTag },
          amount: one.amount,
        })),
        {
          linked: { kind: journal.externalKind, externalId: journal.externalId, lineId: journal.externalTag },
          amount: money(-journal.amount.minor, stage.currency),
        },
        { role: 'processor_fees' as const, amount: fee, description: 'Stripe fee' },
      ]
      const amount = lines.reduce((sum, line) => plus(sum, line.amount), money(0n, stage.currency))
      const document: PostingDocument = {
        kind: 'deposit',
        reference: reference(),
        on: stage.today,
        currency: stage.currency,
        amount,
        note: 'Stripe payout',
        lines,
      }
      const posted = await post(document)
      expect(posted.amount).toEqual(amount)
      expect(await find(document)).toEqual(posted)
    })

    test('what is taken back opens its invoice again, once, also after the payout', async () => {
      const { connector, secret } = stage
      if (connector.reapply === undefined) return
      const invoice = take()
      const payment = await post(paymentOf(invoice))
      const deposit: PostingDocument = {
        kind: 'deposit',
        reference: reference(),
        on: stage.today,
        currency: stage.currency,
        amount: payment.amount,
        note: 'Stripe payout',
        lines: [
          {
            linked: { kind: payment.externalKind, externalId: payment.externalId, lineId: payment.externalTag },
            amount: payment.amount,
          },
        ],
      }
      await post(deposit)
      const journal = await post(journalOf(invoice, half(invoice.balance)))
      const reopened = [
        {
          paymentExternalId: payment.externalId,
          invoiceExternalId: invoice.externalId,
          amount: half(invoice.balance),
          to: 'journal' as const,
        },
      ]
      const requestKey = key()
      for (const _ of [1, 2]) await connector.reapply(secret(), journal, reopened, requestKey)
      expect(await balanceOf(invoice)).toBe(half(invoice.balance).minor)
      // Given back after all, it is paid again.
      const reversal = journalOf(invoice, half(invoice.balance))
      const given = await post({
        ...reversal,
        lines: reversal.lines.map((line) => ({
          ...line,
          side: line.side === 'debit' ? ('credit' as const) : ('debit' as const),
        })),
      })
      const back = reopened.map((move) => ({ ...move, to: 'invoice' as const, journalExternalId: journal.externalId }))
      for (const _ of [1, 2]) await connector.reapply(secret(), given, back, requestKey)
      expect(await balanceOf(invoice)).toBe(0n)
    })

    test('what two journals take back from one payment at the same time is taken back by both', async () => {
      const { connector, secret } = stage
      if (connector.reapply === undefined) return
      const { reapply } = connector
      const invoice = take()
      const payment = await post(paymentOf(invoice))
      const first = half(invoice.balance)
      const amounts = [first, money(invoice.balance.minor - first.minor, stage.currency)]
      const journals: { journal: Posted; amount: Money }[] = []
      for (const amount of amounts) journals.push({ journal: await post(journalOf(invoice, amount)), amount })
      await Promise.all(
        journals.map(({ journal, amount }) => {
          const moved = { paymentExternalId: payment.externalId, invoiceExternalId: invoice.externalId, amount }
          return reapply(secret(), journal, [{ ...moved, to: 'journal' }], key())
        }),
      )
      expect(await balanceOf(invoice)).toBe(invoice.balance.minor)
    })

    test('balances tell what is open and which of our documents still stand', async () => {
      const { connector, secret } = stage
      const [kept, deleted] = [await post(paymentOf(take())), await post(paymentOf(take()))]
      const left = take()
      await stage.world.remove(deleted)
      const { documents, invoices } = await connector.balances(secret(), [kept, deleted])
      expect(documents.map(({ externalId, amount }) => ({ externalId, amount }))).toEqual([
        { externalId: kept.externalId, amount: kept.amount },
      ])
      expect(invoices).toContainEqual(left)
    })

    test('a document from long ago is not mistaken for a new one', async () => {
      const document = paymentOf(take())
      await post(document)
      expect(await find({ ...document, reference: reference() })).toBeUndefined()
      expect(await find({ ...journalOf(take(), document.amount), on: addDays(stage.today, -400) })).toBeUndefined()
    })

    // Last: there is no way back from it.
    test('without access a person must connect again', async () => {
      await stage.world.revokeAccess()
      expect(await cureOf(stage.connector.check(stage.secret()))).toBe('reconnect')
    })
  })
}
