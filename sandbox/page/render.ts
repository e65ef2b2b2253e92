import { callFaults, webhookFaults } from '../kernel/faults.ts'
import { mailFaults } from '../mail/mail-faults.ts'
import type { FaultBoard, FaultyService } from './faults-api.ts'
import type { Numbered } from './happenings.ts'
import { type Html, html, nothing } from './html.ts'
import type { Column, Row } from './overview.ts'
import { outcomeLook, secondWords, serviceWords, whatWords } from './words.ts'

/** One of the four worlds: its latest lines and its sum. */
export function columnHtml({ rows, empty, total, key }: Column, clients: Html): Html {
  const list = rows.length === 0 ? html`<p class="empty">${empty}</p>` : html`<ul>${rows.map(rowHtml)}</ul>`
  return html`${list}${key === 'psa' ? clients : nothing}<div class="foot2"><span>${total.label}</span><span class="num">${total.value}</span></div>`
}

function rowHtml({ id, title, right, detail, tone, href, act }: Row): Html {
  const name = href === undefined ? html`${title}` : html`<a href="${href}">${title}</a>`
  const button =
    act === undefined
      ? nothing
      : html`<form method="post" action="/do/${act.name}"><input type="hidden" name="id" value="${act.value}"><button class="link-btn" id="act-${id}" title="${act.hint}"><span aria-hidden="true">${act.label}</span><span class="sr">${act.hint}</span></button></form>`
  const toned = tone === undefined ? '' : tone === 'plain' ? 'xs t3' : `m ${tone}`
  return html`<li><span class="m" title="${title}">${name}</span><span class="num ${toned || 'm'}">${right}</span><span class="xs t3" title="${detail}">${detail}</span>${button}</li>`
}

/** A client to bill and the button that does it. */
export function newInvoiceForm(clients: { id: number; name: string }[]): Html {
  const options = clients.map(({ id, name }) => html`<option value="${id}">${name}</option>`)
  return html`<form class="acts" method="post" action="/do/new-invoice"><select class="input" id="new-invoice-client" name="client" aria-label="Client to invoice">${options}</select><button class="btn small" id="new-invoice">Invoice</button></form>`
}

const callWords: Record<(typeof callFaults)[number] | (typeof mailFaults)[number], string> = {
  'rate-limit': '429, too many calls',
  'error-before': '500 before effect',
  'error-after': '500 after effect',
  'timeout-before': 'Timeout before effect',
  'timeout-after': 'Timeout after effect',
  'reset-before': 'Cut off before effect',
  'reset-after': 'Cut off after effect',
  truncated: 'Half an answer',
  html: 'A sign-in page instead',
  greylist: '451, try again later',
  reject: '550, no such mailbox',
  'drop-after-data': 'Taken, then hung up',
}
const webhookWords: Record<(typeof webhookFaults)[number], string> = {
  'as-usual': 'As usual',
  twice: 'Sent twice',
  lost: 'Lost on the way',
  reordered: 'Out of order',
  never: 'Never made',
}
const serviceTitles: Record<FaultyService, string> = {
  stripe: 'Stripe',
  connectwise: 'ConnectWise',
  quickbooksOnline: 'QuickBooks',
  smtp: 'Mail',
}

export function faultsHtml(board: FaultBoard, services: readonly FaultyService[]): Html {
  const rows = services.map((service) => {
    const title = serviceTitles[service]
    const { rules, latencyMs } = board[service]
    const kinds = service === 'smtp' ? mailFaults : callFaults
    const webhooks = service === 'smtp' ? undefined : board[service].webhooks
    return html`<tr><th scope="row">${title}</th>
<td>${atOnce(service, 'next', html`<select class="input${rules.length > 0 ? ' on' : ''}" id="next-${service}" name="value" aria-label="${title}, next call">${callOptions(kinds, rules)}</select>`)}</td>
<td>${webhooks === undefined ? html`<span class="t3">None</span>` : atOnce(service, 'webhooks', html`<select class="input${webhooks === 'as-usual' ? '' : ' on'}" id="webhooks-${service}" name="value" aria-label="${title}, webhooks">${webhookFaults.map((fault) => option(fault, webhookWords[fault], fault === webhooks))}</select>`)}</td>
<td class="right nowrap">${atOnce(service, 'latency', html`<span class="latency"><input class="input num${latencyMs > 0 ? ' on' : ''}" id="latency-${service}" type="number" name="value" min="0" max="60000" step="10" value="${latencyMs}" aria-label="${title}, latency in milliseconds"> ms</span>`)}</td></tr>`
  })
  return html`<table class="table faults"><thead><tr><th scope="col">Service</th><th scope="col">Next call</th><th scope="col">Webhooks</th><th scope="col" class="num">Latency</th></tr></thead><tbody>${rows}</tbody></table>`
}

/** A form that is sent as soon as its field changes; without the script a button sends it. */
function atOnce(service: FaultyService, what: string, field: Html): Html {
  return html`<form class="at-once" method="post" action="/do/fault" data-at-once><input type="hidden" name="service" value="${service}"><input type="hidden" name="what" value="${what}">${field}<noscript><button class="btn small">Set</button></noscript></form>`
}

function callOptions(
  kinds: readonly (keyof typeof callWords)[],
  rules: readonly { kind: keyof typeof callWords; times?: number }[],
): Html[] {
  const [rule, ...more] = rules
  const isPlain = rule !== undefined && more.length === 0 && rule.times === 1
  const other =
    rule !== undefined && !isPlain
      ? [option('as-told', `By rule: ${rules.map(({ kind }) => callWords[kind]).join(', ')}`, true)]
      : []
  return [
    ...other,
    option('as-usual', 'As usual', rule === undefined),
    ...kinds.map((kind) => option(kind, callWords[kind], isPlain && rule.kind === kind)),
  ]
}

function option(value: string, words: string, isChosen: boolean): Html {
  return html`<option value="${value}"${isChosen ? { markup: ' selected' } : nothing}>${words}</option>`
}

export function happeningsHtml(list: Numbered[], timeZone: string): Html {
  if (list.length === 0)
    return html`<p class="empty">Nothing yet. Every call to a stand-in and every notification is told here.</p>`
  const rows = list.map((each) => {
    const { tone, icon, words } = outcomeLook(each)
    const what = whatWords(each.what)
    return html`<tr><td class="t3 xs num">${secondWords(each.at, timeZone)}</td><td class="m nowrap">${serviceWords(each.service)}</td><td class="mono xs what" title="${what}">${what}</td><td class="right nowrap"><span class="badge is-${tone}"><i class="i i-${icon}" aria-hidden="true"></i>${words}</span></td></tr>`
  })
  return html`<table class="table trace"><thead class="sr"><tr><th scope="col">Time</th><th scope="col">Service</th><th scope="col">What</th><th scope="col">Outcome</th></tr></thead><tbody>${rows}</tbody></table>`
}

export function upcomingHtml(list: { at: string; title: string }[], words: (at: string) => string): Html {
  if (list.length === 0)
    return html`<p class="empty">Nothing is due. Payments, payouts and agreements put themselves here.</p>`
  return html`<ul>${list.map(({ at, title }) => html`<li class="due"><span>${title}</span><span class="xs t3 num">${words(at)}</span></li>`)}</ul>`
}
