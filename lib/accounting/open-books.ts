import 'server-only'
import { z } from 'zod'
import { withTenant } from '@/lib/base/db'
import { hashOf } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { type Connection, freshSecret, needsReconnect, noteFault, readSecret } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Accounting } from '@/lib/connectors/contract'
import { withConnector } from './registry'

export type WithBooks<Result> = <Secret>(connector: Accounting<Secret>, secret: Secret) => Promise<Result>

/**
 * Runs `work` with the books of a connection and a secret that is good. An access token that is refused all the same is
 * refreshed once, and the work begins again; refused once more, the connection waits for a person and its work pauses.
 * `work` must be safe to begin again: a refused token means that nothing of the refused call happened.
 * @throws ConnectorFault
 */
export function withBooks<Result>(tenantId: string, connection: Connection, work: WithBooks<Result>): Promise<Result> {
  return withConnector(connection.connector, async (connector) => {
    const secret = await secretFor(tenantId, connection, connector)
    try {
      return await work(connector, secret)
    } catch (error) {
      if (!isRefusedToken(error)) throw error
      if (connector.oauth === undefined) return giveUp(tenantId, connection, error)
      const renewed = await secretFor(tenantId, connection, connector, secret)
      return work(connector, renewed).catch((again: unknown) => {
        if (isRefusedToken(again)) return giveUp(tenantId, connection, again)
        throw again
      })
    }
  })
}

/** @param refused the secret that was just refused: it counts as stale wherever it is still the stored one */
async function secretFor<Secret>(
  tenantId: string,
  connection: Connection,
  { secret: schema, oauth }: Accounting<Secret>,
  refused?: Secret,
): Promise<Secret> {
  const parse = (stored: unknown) => schema.parse(stored)
  if (oauth === undefined) return parse(await withTenant(tenantId, (tx) => readSecret(tx, connection.id)))
  const refusedHash = refused === undefined ? '' : hashOf(refused)
  const isStale = (secret: Secret, at: Date) => hashOf(secret) === refusedHash || oauth.isStale(secret, at)
  try {
    return await freshSecret(tenantId, connection.id, { parse, isStale, refresh: oauth.refresh })
  } catch (error) {
    if (isRefusedToken(error)) return giveUp(tenantId, connection, error)
    if (error instanceof z.ZodError)
      throw new ConnectorFault('stop', 'The stored credentials cannot be read', { cause: error })
    // A refresh whose answer was lost: nothing of the work itself has happened.
    if (error instanceof ConnectorFault && error.cure === 'unknown')
      throw new ConnectorFault('retry', error.message, { cause: error })
    throw error
  }
}

function isRefusedToken(error: unknown): error is ConnectorFault {
  return error instanceof ConnectorFault && error.cure === 'reconnect'
}

async function giveUp(tenantId: string, connection: Connection, fault: ConnectorFault): Promise<never> {
  log.warn({ tenantId, connectionId: connection.id, code: fault.code }, 'books.needs_reconnect')
  await withTenant(tenantId, (tx) => needsReconnect(tx, connection.id, fault.message))
  throw fault
}

/** Remembers a fault that passes, for the page that shows how the connection is doing. */
export async function noteBooksFault(tenantId: string, connection: Connection, fault: ConnectorFault): Promise<void> {
  await withTenant(tenantId, (tx) => noteFault(tx, connection.id, fault.message))
}
