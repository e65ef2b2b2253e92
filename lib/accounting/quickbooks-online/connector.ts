import 'server-only'
import { addDays } from '@/lib/base/clock'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Accounting, BookBalances, KnownDocument, Posted, PostingDocument } from '@/lib/connectors/contract'
import { query, quoted, readCompany, readPayment, readPreferences, write } from './api'
import { quickbooksOauth } from './oauth'
import { rateOf } from './rate'
import { QuickbooksSecret } from './secret'
import {
  amountOf,
  nameOf,
  reappliedLines,
  suggestMapping,
  toBody,
  toBookInvoice,
  toGlAccount,
  toPosted,
} from './translate'
import type { DocumentName, Entity, EntityName } from './wire'

/** Values per statement: an address has room for a few thousand letters. */
const VALUES_PER_QUERY = 150
const INVOICE_FIELDS = 'Id, DocNumber, TxnDate, TotalAmt, Balance, CustomerRef, CurrencyRef'
/** A person may have moved a document's date; further away than this it is no longer looked for. */
const SEARCH_DAYS = 31
/** Who changes a record more often than this while we look is met again by the posting's own retry. */
const STALE_TRIES = 4

export const quickbooksOnline: Accounting<QuickbooksSecret> = {
  id: 'quickbooks-online',
  name: 'QuickBooks Online',
  secret: QuickbooksSecret,
  oauth: quickbooksOauth,
  suggestMapping,

  async check(secret) {
    const company = await readCompany(secret)
    const { AccountingInfoPrefs, SalesFormsPrefs, CurrencyPrefs } = await readPreferences(secret)
    const { BookCloseDate: closedThrough } = AccountingInfoPrefs
    return {
      account: secret.realmId,
      accountName: company.CompanyName,
      missing: [
        ...(SalesFormsPrefs.AutoApplyCredit
          ? ['QuickBooks applies credits by itself. Switch that off, or invoices may look paid there before they are.']
          : []),
        ...(SalesFormsPrefs.AutoApplyPayments
          ? [
              'QuickBooks applies payments by itself. Switch that off, or it may pay other invoices than the client did.',
            ]
          : []),
      ],
      details: {
        homeCurrency: CurrencyPrefs.HomeCurrency.value,
        ...(closedThrough === undefined ? {} : { closedThrough }),
      },
    }
  },

  async pullAccounts(secret) {
    return (await query(secret, 'Account', 'Active = true')).map(toGlAccount)
  },

  async currencyOf(secret, currency) {
    const { HomeCurrency, MultiCurrencyEnabled } = (await readPreferences(secret)).CurrencyPrefs
    const home = HomeCurrency.value
    return { home, isKept: currency === home || MultiCurrencyEnabled }
  },

  async findInvoices(secret, numbers) {
    const found = await queryIn(secret, 'Invoice', 'DocNumber', numbers, INVOICE_FIELDS)
    return found.map(toBookInvoice)
  },

  find: (secret, document, mapping) => find(secret, document, mapping.clearing),

  async post(secret, document, mapping, requestKey) {
    const kind = nameOf(document.kind)
    try {
      const rate = document.isForeign === true ? await rateOf(secret, document) : undefined
      const row = await write(secret, kind, toBody(document, mapping, rate), requestKey)
      return toPosted(kind, row, mapping.clearing, document.currency)
    } catch (error) {
      // The number is taken: by ourselves, if an answer to this very document was lost.
      const isTaken = error instanceof ConnectorFault && error.code === '6140'
      const ours = isTaken ? await find(secret, document, mapping.clearing) : undefined
      if (ours !== undefined) return ours
      throw error
    }
  },

  async reapply(secret, journal, moves, requestKey) {
    for (const [paymentId, own] of Map.groupBy(moves, ({ paymentExternalId }) => paymentExternalId))
      await whileStale(async () => {
        const payment = await readPayment(secret, paymentId)
        const Line = reappliedLines(payment, journal.externalId, own, journal.amount.currency)
        if (Line === undefined) return
        const { Id, SyncToken, CustomerRef, TotalAmt } = payment
        const change = { Id, SyncToken, sparse: true, CustomerRef: { value: CustomerRef.value }, TotalAmt, Line }
        // The token in the key: after somebody else's change this is another request, not a repeat of the refused one.
        await write(secret, 'Payment', change, `${requestKey.slice(0, 36)}:${Id.slice(-8)}:${SyncToken}`)
      })
  },

  async balances(secret, known): Promise<BookBalances> {
    const { HomeCurrency, MultiCurrencyEnabled } = (await readPreferences(secret)).CurrencyPrefs
    const home = HomeCurrency.value
    const invoices = (await query(secret, 'Invoice', "Balance > '0'", INVOICE_FIELDS)).map(toBookInvoice)
    const documents = [
      ...(await standing(secret, 'Payment', known, home)),
      ...(await standing(secret, 'Deposit', known, home)),
      ...(await standing(secret, 'JournalEntry', known, home)),
    ]
    return { home, keepsOthers: MultiCurrencyEnabled, invoices, documents }
  },

  documentUrl(_, kind, externalId) {
    const page = { Payment: 'recvpayment', Deposit: 'deposit', JournalEntry: 'journal' }[kind] ?? 'homepage'
    return `https://qbo.intuit.com/app/${page}?txnId=${encodeURIComponent(externalId)}`
  },
}

/** Somebody changed the record between our reading and our writing (5010): it is read and changed once more. */
async function whileStale(change: () => Promise<void>): Promise<void> {
  for (let left = STALE_TRIES; ; left -= 1)
    try {
      return await change()
    } catch (error) {
      const isStale = error instanceof ConnectorFault && error.code === '5010'
      if (!isStale || left === 1) throw error
    }
}

/** Payments are found by their reference number; deposits have none that can be searched, so a month of them is read. */
async function find(
  secret: QuickbooksSecret,
  { kind, reference, on, currency }: Pick<PostingDocument, 'kind' | 'reference' | 'on' | 'currency'>,
  clearingId: string | undefined,
): Promise<Posted | undefined> {
  const near = `TxnDate >= '${addDays(on, -SEARCH_DAYS)}' and TxnDate <= '${addDays(on, SEARCH_DAYS)}'`
  switch (kind) {
    case 'payment': {
      const [row] = await query(secret, 'Payment', `PaymentRefNum = ${quoted(reference)}`)
      return row && toPosted('Payment', row, clearingId, currency)
    }
    case 'deposit': {
      const rows = await query(secret, 'Deposit', near)
      const row = rows.find(({ PrivateNote }) => PrivateNote.includes(reference))
      return row && toPosted('Deposit', row, clearingId, currency)
    }
    case 'journal': {
      const [numbered] = await query(secret, 'JournalEntry', `DocNumber = ${quoted(reference)}`)
      // A company that numbers by itself forgets the number it was sent.
      const row =
        numbered ??
        (await query(secret, 'JournalEntry', near)).find(({ PrivateNote }) => PrivateNote.includes(reference))
      return row && toPosted('JournalEntry', row, clearingId, currency)
    }
  }
}

async function standing(
  secret: QuickbooksSecret,
  name: DocumentName,
  known: KnownDocument[],
  currency: string,
): Promise<BookBalances['documents']> {
  const ids = known.filter(({ externalKind }) => externalKind === name).map(({ externalId }) => externalId)
  return (await queryIn(secret, name, 'Id', ids)).map((row) => ({
    externalKind: name,
    externalId: row.Id,
    amount: amountOf(row, currency),
    on: row.TxnDate,
    reference: /Closeloop (\S+)/.exec(row.PrivateNote)?.[1] ?? '',
  }))
}

/** Records whose field holds one of the values, in as few statements as an address allows. */
async function queryIn<Name extends EntityName>(
  secret: QuickbooksSecret,
  name: Name,
  field: string,
  values: readonly string[],
  fields?: string,
): Promise<Entity<Name>[]> {
  const found: Entity<Name>[] = []
  for (let at = 0; at < values.length; at += VALUES_PER_QUERY) {
    const list = values
      .slice(at, at + VALUES_PER_QUERY)
      .map(quoted)
      .join(', ')
    found.push(...(await query(secret, name, `${field} in (${list})`, fields)))
  }
  return found
}
