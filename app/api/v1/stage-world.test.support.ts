import { afterAll } from 'vitest'
import { makeMsp, tokenFor } from '@/e2e/support/msp'
import { newId } from '@/lib/base/ids'
import { refundPayment } from '@/lib/payments/refund-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { startTestStripe } from '@/sandbox/stripe/test-stripe'
import { asker, keyOf, readRoutes } from './api-stage.test.support'

const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const

/** Two MSPs side by side, each with a client, an open invoice, and one that was paid by card and partly refunded. */
export async function stageWorld() {
  const stripe = await startTestStripe()
  process.env.STRIPE_API_URL = stripe.service.url
  process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
  afterAll(() => stripe.close())
  const routes = await readRoutes()
  const ours = await makeMsp('larkfield', stripe)
  const theirs = await makeMsp('boreal')
  const clientId = await ours.makeClient()
  const [openId, paidId] = [await ours.makeInvoice(clientId, 491_314n), await ours.makeInvoice(clientId, 10_000n)]
  const paid = await startPayment(
    { kind: 'system', tenantId: ours.tenantId, reason: 'test' },
    {
      orderKey: newId(),
      invoices: [{ invoiceId: paidId }],
      confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }),
    },
    where,
  )
  if (!paid.ok) throw new Error(paid.reason)
  const owner = { kind: 'staff', tenantId: ours.tenantId, staffId: ours.staffId, role: 'owner' } as const
  await refundPayment(owner, { attemptId: paid.attemptId, amountMinor: 1_500n, reason: 'One visit too many' })
  const theirClientId = await theirs.makeClient('Clinique du Parc')
  const theirInvoiceId = await theirs.makeInvoice(theirClientId, 77_700n)
  return {
    stripe,
    routes,
    ask: asker(routes),
    ours,
    theirs,
    owner,
    clientId,
    openId,
    paidId,
    paymentId: paid.attemptId,
    theirClientId,
    theirInvoiceId,
    key: await keyOf(ours, 'read', 'write', 'sessions'),
    theirKey: await keyOf(theirs, 'read', 'write', 'sessions'),
  }
}
