import 'server-only'
import { z } from 'zod'
import { createCheckoutSession, type MadeCheckout, type WantedCheckout } from '@/lib/access/checkout-session'
import type { ApiActor } from '@/lib/access/open-api-key'
import type { Tx } from '@/lib/base/db'
import { type ApiError, invalid } from './api-error'
import { Id, Instant, named } from './named'

const modes = ['invoices', 'open', 'method'] as const

export const CheckoutForm = z.strictObject({
  mode: z
    .enum(modes)
    .describe('`invoices`: pay these. `open`: pay whatever the client has open. `method`: save a way to pay.'),
  invoice_ids: z.array(Id).min(1).max(100).optional().describe('With `invoices`: all of one client.'),
  client_id: Id.optional().describe('With `open` and `method`.'),
})

export const CheckoutSession = z
  .strictObject({
    object: z.literal('checkout_session'),
    id: Id,
    mode: z.enum(modes),
    token: z.string().describe('Hand it to the widget on your page. Shown once, and good until it expires.'),
    expires_at: Instant.describe('Half an hour from now.'),
  })
  .register(named, {
    id: 'CheckoutSession',
    description: 'The right to pay, for a visitor of your site whom you know.',
    examples: [
      {
        ...{ object: 'checkout_session', id: '0193a0b0-c0d0-7000-8000-000000000006', mode: 'open' },
        ...{ token: 'checkout_Zx…', expires_at: '2026-11-20T16:12:01.870Z' },
      },
    ],
  })

/** Opens the checkout for a visitor whom the MSP's own server answers for. Amounts are never taken from here. */
export async function openCheckout(
  tx: Tx,
  { keyId }: ApiActor,
  form: z.infer<typeof CheckoutForm>,
): Promise<z.infer<typeof CheckoutSession>> {
  const made = await createCheckoutSession(tx, wantedBy(form), { kind: 'api_key', id: keyId })
  if (!made.ok) throw refusalOf(made)
  const { id, token, expiresAt } = made
  return { object: 'checkout_session', id, mode: form.mode, token, expires_at: expiresAt.toISOString() }
}

function wantedBy({
  mode,
  invoice_ids: invoiceIds,
  client_id: clientId,
}: z.infer<typeof CheckoutForm>): WantedCheckout {
  if (mode === 'invoices') {
    if (invoiceIds === undefined) throw invalid('parameter_missing', 'Missing: invoice_ids.', 'invoice_ids')
    if (clientId !== undefined)
      throw invalid('parameter_invalid', 'client_id: the invoices name the client. Leave it out.', 'client_id')
    return { scope: 'invoices', invoiceIds }
  }
  if (clientId === undefined) throw invalid('parameter_missing', 'Missing: client_id.', 'client_id')
  if (invoiceIds !== undefined)
    throw invalid('parameter_invalid', `invoice_ids: with ${mode} it is about no invoice. Leave it out.`, 'invoice_ids')
  return { scope: mode, clientId }
}

function refusalOf({ because }: Extract<MadeCheckout, { ok: false }>): ApiError {
  switch (because) {
    case 'no-such-client':
      return invalid('parameter_invalid', 'client_id: no such client.', 'client_id')
    case 'no-such-invoice':
      return invalid('parameter_invalid', 'invoice_ids: at least one of them does not exist.', 'invoice_ids')
    case 'mixed':
      return invalid('parameter_invalid', 'invoice_ids: they belong to more than one client.', 'invoice_ids')
    case 'no-invoices':
    case 'too-many':
      return invalid('parameter_invalid', 'invoice_ids: name 1 to 100 invoices.', 'invoice_ids')
  }
}
