import type { Answer, Asked } from '../../kernel/service.ts'
import { emit } from '../events/emit.ts'
import type { Account } from '../state/account.ts'
import type { State } from '../state/state.ts'
import { completeAccount } from './new-account.ts'

export type OnboardingLink = { account: Account; returnUrl: string; refreshUrl: string; expiresAt: number }

const validSeconds = 300
const prefix = '/_sandbox/onboarding/'

/** A link to the page on which an account's owner tells Stripe what it wants to know; works once, for five minutes. */
export function openLink(
  state: State,
  account: Account,
  { token, returnUrl, refreshUrl }: { token: string; returnUrl: string; refreshUrl: string },
): object {
  const created = state.clock.seconds()
  const expiresAt = created + validSeconds
  state.onboardingLinks.set(token, { account, returnUrl, refreshUrl, expiresAt })
  return { object: 'account_link', created, expires_at: expiresAt, url: `${state.url}${prefix}${token}` }
}

/** The page itself. Anything but its path is answered with undefined. */
export function onboardingAnswer(state: State, asked: Asked): Answer | undefined {
  if (!asked.path.startsWith(prefix)) return undefined
  const token = asked.path.slice(prefix.length)
  const link = state.onboardingLinks.get(token)
  if (link === undefined) return page(404, 'This link has been used', '<p>Ask for a new one where you came from.</p>')
  if (link.expiresAt <= state.clock.seconds()) {
    state.onboardingLinks.delete(token)
    return { status: 302, headers: { location: link.refreshUrl } }
  }
  if (asked.method !== 'POST') return page(200, 'Connect to Stripe', form(link.account))
  state.onboardingLinks.delete(token)
  const previous = { charges_enabled: false, details_submitted: false, payouts_enabled: false }
  completeAccount(state, link.account)
  const scope = { state, account: link.account, cause: null }
  emit(scope, 'account.updated', link.account.wire, previous)
  for (const name of Object.keys(link.account.wire.capabilities)) {
    emit(scope, 'capability.updated', capability(link.account, name), { status: 'inactive' })
  }
  return { status: 303, headers: { location: link.returnUrl } }
}

function capability({ wire }: Account, name: string): object {
  const { requirements, future_requirements } = wire
  const requested_at = wire.created
  return {
    id: name,
    object: 'capability',
    account: wire.id,
    future_requirements,
    requested: true,
    requested_at,
    requirements,
    status: 'active',
  }
}

function form({ wire }: Account): string {
  const name = wire.business_profile.name
  return `
    <p>${escapeHtml(typeof name === 'string' ? name : 'Your business')} lets its customers pay by card and bank account.</p>
    <dl><dt>Account</dt><dd>${escapeHtml(wire.id)}</dd><dt>Payouts to</dt><dd>STRIPE TEST BANK ••••6789</dd></dl>
    <form method="post"><button type="submit">Agree and submit</button></form>`
}

function page(status: number, title: string, body: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · Sandbox</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:12vh auto;padding:0 1rem;color:#1a1f36;background:#fff}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#4f566b}dd{margin:0}
button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#4b45c6;color:#fff;cursor:pointer}
</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`,
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
