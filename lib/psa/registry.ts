import 'server-only'
import type { Tx } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { type Connection, getConnection, loadConnection, readSecret } from '@/lib/connectors/connection'
import type { Psa } from '@/lib/connectors/contract'
import { connectwise } from './connectwise/connector'
import { type OpenPsa, openPsa } from './open-psa'

/** A connector whose kind of secret only it knows. */
export type RegisteredPsa = { id: string; name: string; open: (stored: unknown) => OpenPsa }

function register<Secret>(psa: Psa<Secret>): RegisteredPsa {
  return { id: psa.id, name: psa.name, open: (stored) => openPsa(psa, stored) }
}

const psas = [register(connectwise)]

/** @throws Fault not-found */
export function psaById(id: string): RegisteredPsa {
  const found = psas.find((psa) => psa.id === id)
  if (found === undefined) throw new Fault('not-found', `There is no PSA connector ${id}`)
  return found
}

/** The tenant's PSA, ready to be called, if one is connected and its credentials are good. */
export async function livePsa(tx: Tx): Promise<{ connection: Connection; psa: OpenPsa } | undefined> {
  const connection = await loadConnection(tx, 'psa')
  return connection?.state === 'connected' ? { connection, psa: await openOf(tx, connection) } : undefined
}

/** The PSA of one connection. @throws Fault not-found when it was disconnected or is none */
export async function psaOf(tx: Tx, connectionId: string): Promise<{ connection: Connection; psa: OpenPsa }> {
  const connection = await getConnection(tx, connectionId)
  if (connection.kind !== 'psa') throw new Fault('not-found', `No PSA connection ${connectionId}`)
  return { connection, psa: await openOf(tx, connection) }
}

async function openOf(tx: Tx, { id, connector }: Connection): Promise<OpenPsa> {
  return psaById(connector).open(await readSecret(tx, id))
}
