import 'server-only'
import { withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { type Connection, loadConnection } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Accounting, AccountMapping, Posted, PostingDocument } from '@/lib/connectors/contract'
import { systemName } from '@/lib/connectors/system-name'
import { requestKeyOf } from '@/lib/settlement/posting'
import { lockPosting, type PostingFacts, readPostingFacts } from '@/lib/settlement/posting-facts'
import { getTenant } from '@/lib/tenancy/queries'
import { type ChosenAccounts, labelOf, readBooksSettings } from './account-mapping'
import { buildDocument, handleOf, holdingBack } from './build-document'
import { groundOf } from './foreign-posting'
import { noteBooksFault, withBooks } from './open-books'
import { closePosting, holdPosting, markSent, postponePosting, refusePosting, tellClinging } from './posting-state'
import { refusalWords } from './refusal-words'
import { resolveBooks } from './resolve-books'

const CHOOSE = 'Choose the account in Connections; it is posted by itself then.'

type Order = { facts: PostingFacts; connection: Connection; chosen: ChosenAccounts; ownCurrency: string }

/**
 * Brings one posting into the books. Safe to repeat and to run twice at once: before any repeat the document is looked
 * up by our reference, and the request carries the posting's own key. Ends in one of the posting's states; only a
 * defect is thrown.
 */
export async function pushPosting(tenantId: string, postingId: string): Promise<void> {
  const order = await withTenant(tenantId, async (tx): Promise<Order | undefined> => {
    const posting = await lockPosting(tx, postingId)
    if (posting === undefined || !['waiting', 'retrying', 'checking'].includes(posting.state)) return undefined
    const connection = await loadConnection(tx, 'accounting')
    // It waits for a person to connect these books again, who wakes it.
    if (connection?.id !== posting.connectionId || connection.state !== 'connected') return undefined
    const facts = await readPostingFacts(tx, posting)
    const held = holdingBack(facts)
    if (held !== undefined) {
      await holdPosting(tx, posting, held)
      return undefined
    }
    const { currency: ownCurrency } = await getTenant(tx)
    return { facts, connection, ownCurrency, chosen: readBooksSettings(connection.settings) }
  })
  if (order === undefined) return
  let runs = 0
  try {
    await withBooks(tenantId, order.connection, (connector, secret) => {
      runs += 1
      return push(tenantId, order, connector, secret, order.facts.posting.state !== 'waiting' || runs > 1)
    })
  } catch (error) {
    if (!(error instanceof ConnectorFault)) throw error
    await answerFault(tenantId, order, error)
  }
}

async function push<Secret>(
  tenantId: string,
  order: Order,
  connector: Accounting<Secret>,
  secret: Secret,
  isRepeat: boolean,
): Promise<void> {
  const { facts } = order
  const { posting } = facts
  const system = systemName(order.connection)
  const currencies = { currency: posting.currency, own: order.ownCurrency }
  const ground = await groundOf(connector, secret, currencies, order.chosen, system)
  if (!ground.ok) return withTenant(tenantId, (tx) => refusePosting(tx, facts, ground))
  const { mapping, isForeign } = ground
  const close = (posted: Posted, amountMinor: bigint, found: boolean, clinging?: ConnectorFault) =>
    withTenant(tenantId, async (tx) => {
      await closePosting(tx, facts, posted, amountMinor)
      if (clinging !== undefined) await tellClinging(tx, facts, posted, clinging)
      log.info({ tenantId, postingId: posting.id, kind: posting.kind, found }, 'posting.posted')
    })
  // Whatever has been tried before may stand there: we look before we ask anything else.
  const handle = handleOf(facts)
  const found = isRepeat ? await connector.find(secret, handle, mapping) : undefined
  if (found !== undefined && handle.kind !== 'journal') return close(found, posting.amountMinor, true)

  const resolution = await resolveBooks(tenantId, connector, secret, facts, system)
  if (!resolution.ok) return refuse(tenantId, facts, resolution.because)
  const built = buildDocument(facts, resolution.resolved)
  if (built.do === 'wait') return withTenant(tenantId, (tx) => holdPosting(tx, posting, built.for))
  if (built.do === 'refuse') return refuse(tenantId, facts, built.because)
  const document = isForeign ? { ...built.document, isForeign } : built.document
  const unmapped = rolesOf(document).find((role) => mapping[role] === undefined)
  if (unmapped !== undefined)
    return withTenant(tenantId, (tx) =>
      holdPosting(tx, posting, `no account is chosen for ${labelOf(unmapped)}`, CHOOSE),
    )

  const posted = found ?? (await send(tenantId, { facts, mapping }, connector, secret, document))
  const clinging = await reapply(connector, secret, document, posted, requestKeyOf(posting))
  await close(posted, amountOf(document), found !== undefined, clinging)
}

/**
 * Lets payments go of the invoices that are owed again. Where the books do not allow that, the document itself stands all
 * the same, and what is left to do there is for a person. @returns the refusal, if there was one
 */
async function reapply<Secret>(
  connector: Accounting<Secret>,
  secret: Secret,
  document: PostingDocument,
  posted: Posted,
  requestKey: string,
): Promise<ConnectorFault | undefined> {
  if (document.kind !== 'journal' || document.reapplied === undefined) return undefined
  try {
    await connector.reapply?.(secret, posted, document.reapplied, requestKey)
    return undefined
  } catch (error) {
    if (error instanceof ConnectorFault && error.cure === 'skip') return error
    throw error
  }
}

/** The intent is on record before the call: whoever finds it there afterwards looks first. */
async function send<Secret>(
  tenantId: string,
  { facts, mapping }: { facts: PostingFacts; mapping: AccountMapping },
  connector: Accounting<Secret>,
  secret: Secret,
  document: PostingDocument,
): Promise<Posted> {
  await withTenant(tenantId, (tx) => markSent(tx, facts.posting))
  await faultPoint('posting.marked')
  const posted = await connector.post(secret, document, mapping, requestKeyOf(facts.posting))
  await faultPoint('posting.sent')
  return posted
}

/** What each kind of fault makes of the posting. Nothing here assumes what is not known. */
async function answerFault(tenantId: string, order: Order, fault: ConnectorFault): Promise<void> {
  const { facts, connection } = order
  log.warn({ tenantId, postingId: facts.posting.id, cure: fault.cure, code: fault.code }, 'posting.fault')
  switch (fault.cure) {
    case 'reconnect':
      // The connection has been put before a person; this waits with it.
      return withTenant(tenantId, (tx) => holdPosting(tx, facts.posting, fault.message))
    case 'retry':
    case 'unknown':
      await noteBooksFault(tenantId, connection, fault)
      return withTenant(tenantId, (tx) => postponePosting(tx, facts, fault))
    case 'skip':
    case 'stop': {
      const closedThrough =
        fault.code === '6200' || fault.code === '6210' ? await closingDate(tenantId, connection) : undefined
      const words = refusalWords(fault, systemName(connection), closedThrough)
      return withTenant(tenantId, (tx) => refusePosting(tx, facts, words))
    }
  }
}

function refuse(tenantId: string, facts: PostingFacts, because: string): Promise<void> {
  const words = { detail: because, nextStep: 'Put it right in the accounting system or the PSA, then post again.' }
  return withTenant(tenantId, (tx) => refusePosting(tx, facts, words))
}

async function closingDate(tenantId: string, connection: Connection): Promise<string | undefined> {
  try {
    const { details } = await withBooks(tenantId, connection, (connector, secret) => connector.check(secret))
    return details.closedThrough
  } catch (error) {
    if (error instanceof ConnectorFault) return undefined // only the words are poorer for it
    throw error
  }
}

function amountOf(document: PostingDocument): bigint {
  if (document.kind !== 'journal') return document.amount.minor
  return document.lines.reduce((sum, { side, amount }) => sum + (side === 'debit' ? amount.minor : 0n), 0n)
}

function rolesOf(document: PostingDocument) {
  switch (document.kind) {
    case 'payment':
      return ['clearing' as const]
    case 'deposit':
      return ['bank' as const, ...document.lines.flatMap((line) => ('role' in line ? [line.role] : []))]
    case 'journal':
      return document.lines.map(({ role }) => role)
  }
}
