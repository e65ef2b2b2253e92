import 'server-only'
import type { Tx } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { loadConnection, readSecret } from '@/lib/connectors/connection'
import type { Gateway } from './gateway'
import { stripeGateway } from './stripe/stripe-gateway'
import { StripeSecret } from './stripe/stripe-secret'

/** The gateway of this tenant. @throws Fault conflict when Stripe is not connected */
export async function openGateway(tx: Tx): Promise<Gateway> {
  return stripeGateway(await readStripeSecret(tx))
}

/** @throws Fault conflict when Stripe is not connected */
export async function readStripeSecret(tx: Tx): Promise<StripeSecret> {
  const connection = await loadConnection(tx, 'payments')
  if (connection === undefined) throw new Fault('conflict', 'Stripe is not connected')
  return StripeSecret.parse(await readSecret(tx, connection.id))
}
