import type { AutopayResult } from '@/lib/autopay/autopay'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import { consentTexts } from '@/lib/payments/consent-texts'
import type { ScheduleResult } from '@/lib/payments/schedule-result'
import type { SetupResult } from '@/lib/payments/setup-result'
import { tokenFor } from '../support/msp.ts'
import { actionIds, pressAction } from './pay-page.ts'
import type { OpenInvoice } from './payer.ts'
import { pressUntilAnswered } from './payer.ts'
import type { Stage } from './stage.ts'

const slug = 'larkfield'
const locale = 'en-US'
const triesMax = 8
/** Twenty minutes. */
const sweepDays = 1 / 72

/** Somebody at a client who arranges things in the portal, and presses again when nothing answers. */
export class Bookkeeper {
  private readonly stage: Stage
  private readonly clientId: string
  private readonly contactId: string

  private constructor(stage: Stage, clientId: string, contactId: string) {
    this.stage = stage
    this.clientId = clientId
    this.contactId = contactId
  }

  /** Whoever may pay this invoice. */
  static async of(stage: Stage, invoice: OpenInvoice): Promise<Bookkeeper> {
    const [contact] = await stage.rows<{ id: string; client_id: string }>(
      `select c.id, c.client_id from contacts c join invoices i on i.tenant_id = c.tenant_id and i.client_id = c.client_id
       where i.id = $1 and c.gone_at is null and c.role in ('owner', 'payer') limit 1`,
      [invoice.id],
    )
    if (contact === undefined) throw new Error(`nobody may pay invoice ${invoice.number}`)
    return new Bookkeeper(stage, contact.client_id, contact.id)
  }

  /** Saves a card, and once more where it is told that the first try never reached Stripe. @returns the id it has here */
  async saveCard(): Promise<string> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const setupId = newId()
      await this.press<SetupResult>('methods', 'methods/acts.ts', 'save', await this.wish(setupId))
      const asked = `select state from setups where id = $1`
      let state = 'asked'
      for (let rounds = 0; rounds < triesMax && state === 'asked'; rounds += 1) {
        const [setup] = await this.stage.rows<{ state: string }>(asked, [setupId])
        state = setup?.state ?? 'missing'
        // Nobody knows yet: within a quarter of an hour the sweeper has found out.
        if (state === 'asked') await this.stage.windDays(sweepDays)
      }
      if (state !== 'saved') continue
      const saved = await this.stage.rows<{ id: string }>('select id from methods where client_id = $1', [
        this.clientId,
      ])
      if (saved[0] === undefined || saved.length > 1) throw new Error(`saved ${saved.length} times`)
      return saved[0].id
    }
    throw new Error(`not saved after ${triesMax} tries`)
  }

  private async wish(setupId: string) {
    const { sandbox, account } = this.stage
    const card = { card: '4242424242424242' }
    const confirmationTokenId = await tokenFor({ service: sandbox.stripe, clock: sandbox.clock, account }, card)
    const version = consentTexts.find(({ kind }) => kind === 'card_saved')?.version ?? ''
    const agreed = { shownOn: todayIn('America/New_York', now()), save: { type: 'card', version } }
    return { setupId, confirmationTokenId, agreed }
  }

  /** Sets an invoice to be paid on a date. @returns the id of what was set */
  async setDate(methodId: string, { id: invoiceId, totalMinor }: OpenInvoice, runOn: PlainDate): Promise<string> {
    const shown = [{ invoiceId, minor: String(totalMinor) }]
    const dated = { runOn, receiptEmail: 'dana@hadleymoss.example', shown, creditMinor: '0' }
    const order = { scheduleId: newId(), methodId, ...dated }
    const answer = await this.press<ScheduleResult>('pay', 'pay/schedule-acts.ts', 'setDate', order)
    if (!answer.ok) throw new Error(`not set: ${JSON.stringify(answer)}`)
    return order.scheduleId
  }

  /** What this payment was paid with pays the invoices to come by itself. */
  async agreeAutopay(attemptId: string): Promise<void> {
    const version = consentTexts.find(({ kind }) => kind === 'autopay_card')?.version ?? ''
    const order = { attemptId, shownOn: todayIn('America/New_York', now()), version }
    const answer = await this.press<AutopayResult>('pay', 'pay/actions.ts', 'agreeAutopay', order)
    if (!answer.ok) throw new Error(`not agreed: ${JSON.stringify(answer)}`)
  }

  /** Signed in anew each time: days lie between one act and the next. */
  private async press<Answer>(page: string, file: string, name: string, asked: object): Promise<Answer> {
    const { stage } = this
    const cookie = await stage.clientCookie(this.contactId)
    const actionId = actionIds(stage.buildFolder)(`app/m/[msp]/(portal)/${file}`, name)
    const url = `${stage.publicUrl}/m/${slug}/${page}`
    return pressUntilAnswered(stage, () => pressAction<Answer>(url, actionId, [slug, locale, asked], cookie))
  }
}
