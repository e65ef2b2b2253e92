import type { PayAnswer, PayOrder } from '@/components/checkout/checkout'
import { createPayLink } from '@/lib/access/pay-link'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { tokenFor } from '../support/msp.ts'
import { actionIds, pressAction } from './pay-page.ts'
import type { Stage } from './stage.ts'

export type Method = Parameters<typeof tokenFor>[1]
export type OpenInvoice = { id: string; number: string; totalMinor: bigint; dueOn: string }
/** What a payer was told, for holding it against the truth later. */
export type Told = { orderKey: string; answer: PayAnswer }

const pressesMax = 12

/** Somebody who pays by the mailed link, and presses again when nothing answers: with the same order, as the page does. */
export class Payer {
  readonly told: Told[] = []
  private readonly stage: Stage
  private readonly payNow: string

  constructor(stage: Stage) {
    this.stage = stage
    this.payNow = actionIds(stage.buildFolder)('app/m/[msp]/pay/[token]/actions.ts', 'payNow')
  }

  /** Pays with the first method that is taken. @returns the last answer */
  async pay(
    invoice: OpenInvoice,
    methods: Method[],
    presses: 'once' | 'twice' | 'two tabs' = 'once',
  ): Promise<PayAnswer> {
    const link = await this.openLink(invoice)
    let answer = await this.order(invoice, link, methods[0], presses)
    for (const method of methods.slice(1)) {
      if (answer.ok) break
      answer = await this.order(invoice, link, method, 'once')
    }
    return answer
  }

  /** Pays an invoice by card, and so much more to be kept as credit. */
  async payMore(invoice: OpenInvoice, keptMinor: bigint): Promise<PayAnswer> {
    const confirmationTokenId = await this.token({ card: '4242424242424242' })
    return this.press(await this.openLink(invoice), {
      ...orderOf(invoice, newId()),
      ...{ confirmationTokenId, keptMinor: String(keptMinor) },
    })
  }

  /** Pays an invoice with nothing but the client's credit. */
  async payWithCredit(invoice: OpenInvoice): Promise<PayAnswer> {
    const creditMinor = String(invoice.totalMinor)
    return this.press(await this.openLink(invoice), { ...orderOf(invoice, newId()), creditMinor })
  }

  private async order(
    invoice: OpenInvoice,
    link: Link,
    method: Method | undefined,
    presses: string,
  ): Promise<PayAnswer> {
    if (method === undefined) throw new Error('no method')
    const place = async (orderKey: string) =>
      this.press(link, { ...orderOf(invoice, orderKey), confirmationTokenId: await this.token(method) })
    if (presses === 'once') return place(newId())
    const key = newId()
    const [answer] = await Promise.all([place(key), place(presses === 'twice' ? key : newId())])
    return answer
  }

  /** Until there is an answer: the page keeps its order key, and the token that Stripe's script gave it. */
  private async press({ slug, token }: Link, order: PayOrder): Promise<PayAnswer> {
    const url = `${this.stage.publicUrl}/m/${slug}/pay/${token}`
    const answer = await pressUntilAnswered(this.stage, () =>
      pressAction<PayAnswer>(url, this.payNow, [slug, token, 'en-US', order]),
    )
    this.told.push({ orderKey: order.orderKey, answer })
    return answer
  }

  private async openLink({ id, dueOn }: OpenInvoice): Promise<Link> {
    const sentTo = 'dana@hadleymoss.example'
    const { tenantId } = this.stage.staff
    const token = await withTenant(tenantId, (tx) => createPayLink(tx, { invoiceId: id, dueOn, sentTo }))
    return { slug: 'larkfield', token }
  }

  private token(method: Method): Promise<string> {
    const { sandbox, account } = this.stage
    return tokenFor({ service: sandbox.stripe, clock: sandbox.clock, account }, method)
  }
}

type Link = { slug: string; token: string }

function orderOf({ id: invoiceId, totalMinor }: OpenInvoice, orderKey: string): PayOrder {
  const sum = String(totalMinor)
  const shown = [{ invoiceId, owed: sum, minor: sum }]
  return { orderKey, receiptEmail: 'dana@hadleymoss.example', shown, creditMinor: '0', keptMinor: '0' }
}

/** Presses again as long as nothing answers. */
export async function pressUntilAnswered<Answer>(stage: Stage, press: () => Promise<Answer>): Promise<Answer> {
  let trouble: unknown
  for (let presses = 0; presses < pressesMax; presses += 1) {
    try {
      return await press()
    } catch (error) {
      trouble = error
      await stage.webIsUp()
    }
  }
  throw new Error(`no answer after ${pressesMax} presses`, { cause: trouble })
}
