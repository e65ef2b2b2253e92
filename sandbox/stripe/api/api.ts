import { Random } from '../../kernel/random.ts'
import type { Answer, Asked } from '../../kernel/service.ts'
import { pause } from '../../kernel/service.ts'
import type { State } from '../state/state.ts'
import { authenticate, type Caller } from './authenticate.ts'
import type { Endpoint } from './call.ts'
import { brokenInside, refusalAnswer, StripeRefusal } from './errors.ts'
import { expand } from './expand.ts'
import { decodeForm, type Form } from './form.ts'
import { IdempotencyKeys } from './idempotency.ts'
import { listOf, word } from './params.ts'
import { RateLimit } from './rate-limit.ts'
import { Router } from './router.ts'
import { apiVersion } from './version.ts'

type Outcome = { status: number; body: string; headers?: Record<string, string> }
type Held = { scope: string; key: string }

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, PUT, PATCH, POST, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, idempotency-key, stripe-account, stripe-version, stripe-context',
  'access-control-expose-headers': 'Request-Id, Stripe-Should-Retry',
  'access-control-max-age': '300',
}

/** Everything between a request to the API and its endpoint: key, version, pace, parameters, idempotency. */
export class Api {
  private readonly state: State
  private readonly router: Router
  private readonly keys: IdempotencyKeys
  private readonly limit = new RateLimit()
  /** Apart from the ids of objects: how often somebody asks must not change what is made. */
  private readonly requestIds: Random
  /** Which idempotency key a request holds, for the case that its answer gets lost on the way out. */
  private readonly held = new WeakMap<Asked, Held>()

  constructor(state: State, endpoints: readonly Endpoint[], seed: string) {
    this.state = state
    this.requestIds = new Random(`${seed} requests`)
    this.router = new Router(endpoints)
    this.keys = new IdempotencyKeys(state.clock)
  }

  async answer(asked: Asked): Promise<Answer> {
    if (asked.method === 'OPTIONS') return { status: 204, headers: cors }
    const requestId = this.newRequestId()
    const outcome = await this.work(asked, requestId)
    return this.dress(asked, requestId, outcome)
  }

  /**
   * Stripe breaks after an endpoint worked, or before. When it worked, the breakdown is what its idempotency key
   * answers from now on.
   */
  breakDown(asked: Asked): Answer {
    const requestId = this.newRequestId()
    const outcome = refusalAnswer(brokenInside())
    const held = this.held.get(asked)
    if (held !== undefined) this.keys.keep(held.scope, held.key, { ...outcome, requestId })
    return this.dress(asked, requestId, outcome)
  }

  /** An answer in Stripe's headers that no endpoint made. */
  refuse(asked: Asked, refusal: StripeRefusal): Answer {
    return this.dress(asked, this.newRequestId(), refusalAnswer(refusal))
  }

  private newRequestId(): string {
    return `req_${this.requestIds.id(14)}`
  }

  private async work(asked: Asked, requestId: string): Promise<Outcome> {
    let held: Held | undefined
    try {
      const form = decodeForm(asked.method === 'GET' ? asked.query : asked.body)
      const caller = authenticate(this.state, asked, form)
      this.limit.take(caller.account.id, this.state.settings.requestsPerSecond)
      const { endpoint, ids } = this.router.find(asked.method, asked.path)
      requireKind(caller, endpoint)
      const key = asked.method === 'POST' ? asked.headers['idempotency-key'] : undefined
      if (key !== undefined && key !== '') {
        const scope = caller.account.id
        const earlier = this.keys.begin(scope, key, asked.path, asked.body)
        if (earlier !== undefined) return replay(earlier)
        held = { scope, key }
        this.held.set(asked, held)
        if (this.state.settings.workTimeMs > 0) await pause(this.state.settings.workTimeMs)
      }
      const body = this.run(endpoint, ids, caller, form, { id: requestId, idempotency_key: key ?? null }, asked.path)
      if (held !== undefined) this.keys.keep(held.scope, held.key, { status: 200, body, requestId })
      return { status: 200, body }
    } catch (thrown) {
      const refusal = thrown instanceof StripeRefusal ? thrown : broken(thrown)
      const outcome = refusalAnswer(refusal)
      if (held !== undefined) {
        if (refusal.beforeWork) this.keys.forget(held.scope, held.key)
        else this.keys.keep(held.scope, held.key, { ...outcome, requestId })
      }
      return outcome
    }
  }

  private run(
    endpoint: Endpoint,
    ids: readonly string[],
    caller: Caller,
    form: Form,
    cause: { id: string; idempotency_key: string | null },
    path: string,
  ): string {
    const { expand: asked, ...params } = form
    const paths = asked === undefined ? [] : listOf(word)(asked, 'expand')
    const scope = { state: this.state, account: caller.account, cause }
    const made = endpoint.run({ scope, caller, ids, params, path })
    return JSON.stringify(paths.length === 0 ? made : expand(caller.account, made, paths))
  }

  private dress(asked: Asked, requestId: string, { status, body, headers }: Outcome | Answer): Answer {
    const key = asked.headers['idempotency-key']
    const account = asked.headers['stripe-account']
    return {
      status,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'request-id': requestId,
        'stripe-version': apiVersion,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(account !== undefined && { 'stripe-account': account }),
        ...cors,
        ...headers,
      },
      ...(body !== undefined && { body }),
    }
  }
}

function replay({ status, body, requestId }: { status: number; body: string; requestId: string }): Outcome {
  return { status, body, headers: { 'idempotent-replayed': 'true', 'original-request': requestId } }
}

function requireKind({ kind }: Caller, { browser }: Endpoint): void {
  if (kind !== 'publishable' || browser) return
  throw new StripeRefusal(
    401,
    {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message:
        'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    },
    { beforeWork: true },
  )
}

/** A fault of the sandbox itself: shown where it is run, and answered as Stripe would answer its own. */
function broken(thrown: unknown): StripeRefusal {
  console.error(thrown)
  return brokenInside()
}
