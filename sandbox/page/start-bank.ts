import type { Bank } from '../bank/bank.ts'
import type { SandboxContext } from '../kernel/context.ts'
import { type Answer, type Asked, type Service, startService } from '../kernel/service.ts'
import { answerAsset } from './assets.ts'
import { documentOf } from './document.ts'
import { html } from './html.ts'
import { dayWords, money } from './words.ts'

/** The bank's own window: a statement to look at, and the same lines as JSON under `/lines?account=`. */
export function startBank(context: SandboxContext, bank: Bank): Promise<Service> {
  return startService({
    name: 'Bank',
    port: context.port('bank'),
    clock: context.clock,
    handle: (asked) => answer(bank, context.clock.now().toISOString().slice(0, 10), asked),
    refuse: (status) => ({ status, body: { message: 'Refused on purpose' } }),
  })
}

function answer(bank: Bank, today: string, { path, params }: Asked): Answer {
  const asset = answerAsset(path)
  if (asset !== undefined) return asset
  const lines = bank.lines(params.get('account') ?? undefined)
  const balanceCents = lines.reduce((sum, { amountCents }) => sum + amountCents, 0)
  if (path === '/lines') return { status: 200, body: { lines, balanceCents } }
  if (path !== '/') return { status: 404, body: { message: `Nothing at ${path}` } }
  const rows = lines
    .toReversed()
    .map(
      ({ on, description, amountCents }) =>
        html`<tr><td class="nowrap">${dayWords(on, today)}</td><td>${description}</td><td class="num right">${money(amountCents)}</td></tr>`,
    )
  const table = html`<table class="table"><thead><tr><th scope="col">Day</th><th scope="col">What</th><th scope="col" class="num">Amount</th></tr></thead><tbody>${rows}</tbody></table>`
  return documentOf(
    'Bank (sandbox)',
    html`<body><header class="simbar"><span class="brandmark"><i class="i i-landmark" aria-hidden="true"></i><b>Bank</b></span></header>
<main class="narrow"><section class="card"><div class="card-head"><h1 class="h1">Statement</h1><span class="num m">${money(balanceCents)}</span></div>${
      rows.length === 0
        ? html`<p class="empty">No payout has arrived yet. Wind the clock by some banking days after a payment.</p>`
        : table
    }</section></main></body>`,
  )
}
