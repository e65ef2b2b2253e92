import 'server-only'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Checked, Psa } from '@/lib/connectors/contract'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { type Api, ConnectwiseSecret, isForbidden, isNotFound, openApi, readCompanyInfo } from './api'
import { callbacks } from './callbacks'
import { amountOf, currencyOf } from './fields'
import { findPayment, pushNote, pushPayment, reversePayment } from './payments'
import { pullAgreements, pullClients, pullContacts, pullInvoices } from './pull'
import { readInvoices } from './read-invoices'
import { readRows } from './translate'
import { WireBalance, WireId } from './wire'

export const connectwise: Psa<ConnectwiseSecret> = {
  id: 'connectwise',
  name: 'ConnectWise PSA',
  secret: ConnectwiseSecret,
  check,
  pullClients,
  pullContacts,
  pullAgreements,
  pullInvoices,

  fetchInvoice: async (secret, externalId) => {
    const api = await openApi(secret)
    try {
      const raw = await api.get(`finance/invoices/${externalId}`)
      const { items, rejected } = await readInvoices(api, [raw])
      const [invoice] = items
      if (invoice !== undefined) return invoice
      throw new ConnectorFault('skip', rejected[0]?.reason ?? 'The invoice cannot be read')
    } catch (fault) {
      // The keys were proven good meanwhile; also when it went between two of our calls.
      if (isNotFound(fault)) return 'gone'
      throw fault
    }
  },

  listInvoiceIds: (secret) => listIds(secret, 'finance/invoices'),
  listContactIds: (secret) => listIds(secret, 'company/contacts'),

  hasContact: async (secret, externalId) => {
    const api = await openApi(secret)
    try {
      await api.get(`company/contacts/${externalId}`, { fields: 'id' })
      return true
    } catch (fault) {
      if (isNotFound(fault)) return false
      throw fault
    }
  },

  listOpenBalances: async (secret) => {
    const api = await openApi(secret)
    const query = { conditions: 'balance!=0', fields: 'id,balance,currency' }
    const open: { externalId: string; balance: ReturnType<typeof amountOf> }[] = []
    for await (const { rows } of api.pages('finance/invoices', query)) {
      const { items } = readRows(rows, WireBalance, ({ id, balance, currency }) => ({
        externalId: String(id),
        balance: amountOf('balance', Math.abs(balance), currencyOf(currency) ?? ''),
      }))
      open.push(...items) // an unreadable one is rejected, with its reason, where the invoice itself is read
    }
    return open
  },

  holdsPartialPayments: true,
  findPayment,
  pushPayment,
  reversePayment,
  pushNote,

  invoiceUrl: ({ baseUrl, companyId }, externalId) => {
    const url = new URL('/v4_6_release/services/system_io/router/openrecord.rails', baseUrl)
    url.search = new URLSearchParams({ recordType: 'InvoiceFv', recid: externalId, companyName: companyId }).toString()
    return url.toString()
  },

  webhooks: callbacks,
}

/** What we need to do there, in the words of ConnectWise's own security roles, and a harmless way to ask. */
const rights: { words: string; ask: (api: Api) => Promise<unknown> }[] = [
  { words: 'Companies > Company Maintenance: inquire all', ask: peek('company/companies') },
  { words: 'Companies > Contacts: inquire all', ask: peek('company/contacts') },
  { words: 'Finance > Agreements: inquire all', ask: peek('finance/agreements') },
  { words: 'Finance > Invoicing: inquire all', ask: peek('finance/invoices') },
  { words: 'Procurement > Products: inquire all', ask: peek('procurement/products') },
  { words: 'Time & Expense > Time Entry: inquire all', ask: peek('time/entries') },
  { words: 'Time & Expense > Expense Entry: inquire all', ask: peek('expense/entries') },
  // Rights are checked before the record is looked for, and there is no invoice 0.
  { words: 'Finance > Invoicing: add, edit and delete', ask: (api) => api.remove('finance/invoices/0/payments/0') },
  { words: 'System > API callbacks: add and delete', ask: peek('system/callbacks') },
]

function peek(path: string): (api: Api) => Promise<unknown> {
  return (api) => api.get(path, { pageSize: 1, fields: 'id' })
}

async function check(secret: ConnectwiseSecret): Promise<Checked> {
  const info = await readCompanyInfo(secret).catch((fault: unknown) => {
    if (!isNotFound(fault)) throw fault
    throw new ConnectorFault('reconnect', `There is no company "${secret.companyId}" at ${secret.baseUrl}`, {
      cause: fault,
    })
  })
  const api = await openApi(secret)
  const system = await api.get('system/info')
  const missing = await mapBounded(rights, 4, async ({ words, ask }) => ((await isAllowed(ask(api))) ? [] : [words]))
  const version = typeof system === 'object' && system !== null && 'version' in system ? String(system.version) : ''
  return {
    account: `${secret.companyId.toLowerCase()}@${new URL(secret.baseUrl).hostname.replace(/^api-/, '')}`,
    accountName: info.name,
    missing: missing.flat(),
    details: { version, codebase: info.codebase },
  }
}

async function isAllowed(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked
    return true
  } catch (fault) {
    if (isNotFound(fault)) return true
    if (isForbidden(fault)) return false
    throw fault
  }
}

/** Every id of a list, with the count that ConnectWise claims. */
async function listIds(secret: ConnectwiseSecret, path: string): Promise<{ ids: string[]; claimedCount: number }> {
  const api = await openApi(secret)
  const ids: string[] = []
  for await (const { rows } of api.pages(path, { fields: 'id' }))
    ids.push(...readRows(rows, WireId, ({ id }) => String(id)).items)
  return { ids, claimedCount: countOf(await api.get(`${path}/count`)) }
}

function countOf(value: unknown): number {
  const count = typeof value === 'object' && value !== null && 'count' in value ? value.count : undefined
  if (typeof count === 'number') return count
  throw new ConnectorFault('retry', 'ConnectWise gave no count of its records')
}
