import type { CheckoutActions, PayAnswer } from '@/components/checkout/checkout'
import type { VerifyProof } from '@/components/checkout/proof-of'
import type { SaveActs } from '@/components/checkout/save-form'
import type { Resumed } from '@/lib/payments/resume-attempt'
import type { FrameFacts, FrameScreen, FrameWish, LookUpAnswer } from './frame'
import { tellHost } from './host-news'

/** The session has run out, or was taken back. */
export class SessionEnded extends Error {}

export type Server = {
  /** @throws SessionEnded; TypeError when nothing came back */
  open: (wish: FrameWish) => Promise<FrameScreen>
  lookUp: (asked: { number: string; amount: string; postalCode: string }) => Promise<LookUpAnswer>
  receipt: (attemptId: string) => Promise<Blob>
  actions: CheckoutActions
  saving: SaveActs & { verify: (setupId: string, proof: VerifyProof) => Promise<boolean> }
}

/** Our server's answers, asked without cookies: the token goes with each question, and is kept in memory only. */
export function askServer({ path, locale }: FrameFacts, token: () => string | undefined): Server {
  async function post(what: string, body: object): Promise<Response> {
    const answer = await fetch(`${path}/${what}?locale=${locale}`, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token() ?? ''}` },
      body: JSON.stringify(body),
    })
    if (answer.status === 401) throw new SessionEnded()
    if (!answer.ok && answer.status !== 429) throw new TypeError(`${what} answered ${answer.status}`)
    return answer
  }
  const ask = async <Answer>(what: string, body: object): Promise<Answer> => (await post(what, body)).json()
  const fits = async (proof: object) => (await ask<{ fits: boolean }>('verify', proof)).fits
  const told = (answer: PayAnswer): PayAnswer => {
    tellPayment(answer)
    return answer
  }
  return {
    // Looking changes nothing, so one lost answer is asked for again.
    open: (wish) => ask<FrameScreen>('open', wish).catch((error) => again(error, () => ask('open', wish))),
    lookUp: (asked) => ask('look-up', asked),
    receipt: async (attemptId) => (await post('receipt', { attemptId })).blob(),
    saving: {
      save: (wish) => ask('save', wish),
      ask: (setupId) => ask('setup', { setupId }),
      verify: (setupId, proof) => fits({ setupId, proof }),
    },
    actions: {
      pay: async (order) => told(await ask('pay', order)),
      refresh: async (attemptId) => told(await ask('refresh', { attemptId })),
      giveUp: async (attemptId) => told(await ask('give-up', { attemptId })),
      resume: async (attemptId) => (await ask<{ resumed?: Resumed }>('resume', { attemptId })).resumed,
      verify: (attemptId, proof) => fits({ attemptId, proof }),
    },
  }
}

/** A second try after a breath, unless there is no session any more. */
async function again<Answer>(error: unknown, ask: () => Promise<Answer>): Promise<Answer> {
  if (error instanceof SessionEnded) throw error
  await new Promise((later) => setTimeout(later, 1_000))
  return ask()
}

let lastTold = ''

/** Each turn of a payment is told once, however often it is asked for. */
function tellPayment(answer: PayAnswer): void {
  const { attemptId } = answer
  const payment = attemptId === undefined ? {} : { payment: attemptId }
  const turn = `${attemptId} ${answer.ok ? answer.state : answer.because}`
  if (turn === lastTold) return
  lastTold = turn
  if (!answer.ok) tellHost({ type: 'failed', detail: { ...payment, because: answer.because } })
  else if (answer.state === 'succeeded' || answer.state === 'covered') tellHost({ type: 'paid', detail: payment })
  else if (answer.state === 'processing') tellHost({ type: 'processing', detail: payment })
}
