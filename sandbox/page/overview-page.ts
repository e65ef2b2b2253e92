import type { Answer } from '../kernel/service.ts'
import { localDate } from '../world/calendar.ts'
import { booksColumn } from './books-column.ts'
import { documentOf } from './document.ts'
import { faultyServices } from './faults-api.ts'
import { type Html, html, nothing } from './html.ts'
import { mailColumn } from './mail-column.ts'
import type { Column } from './overview.ts'
import type { PageParts } from './parts.ts'
import { psaColumn, readPsa } from './psa-column.ts'
import { columnHtml, faultsHtml, happeningsHtml, newInvoiceForm, upcomingHtml } from './render.ts'
import { readStripe, stripeColumn } from './stripe-column.ts'
import { clockWords } from './words.ts'

const rowsShown = 5
const happeningsShown = 12
const upcomingShown = 4

/** `nextDueOn` is the nearest day on which something open falls due: a good day to wind the clock to. */
type Seen = { version: string; columns: Column[]; nextDueOn: string }
const seen = new WeakMap<PageParts, Seen>()

/** The parts of the page that change, as markup, by the name of their place. */
export async function sectionsOf(parts: PageParts): Promise<Record<string, string>> {
  const { clock, world, happenings, faults } = parts
  const { timeZone } = world.msp
  const clients = newInvoiceForm(world.clients)
  const { columns: looked } = await lookAround(parts)
  const columns = looked.map((column) => [column.key, columnHtml(column, clients).markup])
  return {
    ...Object.fromEntries(columns),
    clock: clockHtml(parts).markup,
    toggle: toggleHtml(clock.paused).markup,
    faults: faultsHtml(faults, faultyServices).markup,
    happenings: happeningsHtml(happenings.list(happeningsShown), timeZone).markup,
    upcoming: upcomingHtml(clock.upcoming(upcomingShown), (at) => clockWords(new Date(at), timeZone)).markup,
  }
}

/** The whole page, complete without the script. */
export async function overviewPage(parts: PageParts): Promise<Answer> {
  const sections = await sectionsOf(parts)
  const place = (name: string): Html => html`<div id="live-${name}">${{ markup: sections[name] ?? '' }}</div>`
  const { columns: looked, nextDueOn } = await lookAround(parts)
  const columns = looked.map(
    ({ key, title, icon, ports }) =>
      html`<section class="card world" aria-labelledby="title-${key}"><div class="card-head"><h2 class="h2" id="title-${key}"><i class="i i-${icon} t3" aria-hidden="true"></i>${title}</h2><span class="port">${ports}</span></div>${place(key)}</section>`,
  )
  const isTraced = (process.env.SANDBOX_TRACE ?? '') !== ''
  const body = html`<body data-live="/live">
<a class="skip" href="#main">Skip to content</a>
<header class="simbar"><span class="brandmark"><svg viewBox="0 0 24 24" width="22" height="22" fill="none" aria-hidden="true"><path d="M19.4 8.2A8.5 8.5 0 1 0 20.5 12" stroke="currentColor" stroke-width="3" stroke-linecap="round"/><circle cx="12" cy="12" r="2.6" fill="currentColor"/></svg><b>Sandbox</b></span>
${place('clock')}<span class="grow"></span>
<div class="bar-actions" role="group" aria-label="The clock">
<form method="post" action="/do/advance"><button class="btn" name="hours" value="1">+ 1 hour</button></form>
<form method="post" action="/do/advance"><button class="btn" name="bankingDay" value="true">Next banking day</button></form>
<form method="post" action="/do/advance"><button class="btn" name="event" value="true">Next event</button></form>
<form class="until" method="post" action="/do/advance"><label class="sr" for="until">Until the morning of</label><input class="bar-input" id="until" type="date" name="to" value="${nextDueOn}" required><button class="btn">Until then</button></form>
${place('toggle')}</div></header>
<p class="said" id="said" role="status"></p>
<main id="main">
<h1 class="sr">Sandbox</h1>
<div class="worlds">${columns}</div>
<div class="low"><div>
<section class="card" aria-labelledby="title-faults"><div class="card-head"><h2 class="h2" id="title-faults">Faults</h2><form method="post" action="/do/calm"><button class="btn small" id="calm"><i class="i i-rotate-ccw" aria-hidden="true"></i>All calm</button></form></div><div class="table-scroll" tabindex="0" role="region" aria-label="Faults of each service">${place('faults')}</div></section>
<section class="card" aria-labelledby="title-upcoming"><div class="card-head"><h2 class="h2" id="title-upcoming">What comes next</h2></div>${place('upcoming')}</section>
</div><div>
<section class="card" aria-labelledby="title-happened"><div class="card-head"><h2 class="h2" id="title-happened">What just happened</h2>${isTraced ? html`<span class="port">SANDBOX_TRACE on</span>` : nothing}</div><div class="table-scroll" tabindex="0" role="region" aria-label="Latest calls and notifications">${place('happenings')}</div></section>
</div></div>
</main>
</body>`
  return documentOf('Sandbox', body)
}

/** What was read is out of date: a person has just changed something. */
export function forgetSeen(parts: PageParts): void {
  seen.delete(parts)
}

/** Read again only when something has happened or the minute has changed. */
async function lookAround(parts: PageParts): Promise<Seen> {
  const { clock, world, happenings, psa, stripe, bank, bankPort, books, mail } = parts
  const now = clock.now()
  const version = `${happenings.version} ${Math.floor(now.getTime() / 60_000)} ${bank.lines().length}`
  const before = seen.get(parts)
  if (before?.version === version) return before
  const today = localDate(now, world.msp.timeZone)
  const [psaSeen, stripeSeen] = await Promise.all([readPsa(psa.url), readStripe(stripe.url)])
  const columns = [
    psaColumn(psaSeen, psa.port, today, rowsShown),
    stripeColumn(
      stripeSeen,
      bank,
      { stripe: stripe.port, bank: bankPort },
      { today, timeZone: world.msp.timeZone },
      rowsShown,
    ),
    booksColumn(books.books, books.port, today, rowsShown),
    mailColumn(mail, now, world.msp.timeZone, rowsShown),
  ]
  const ahead = psaSeen.recent
    .filter(({ balanceCents, dueOn }) => balanceCents > 0 && dueOn > today)
    .map(({ dueOn }) => dueOn)
  const looked = { version, columns, nextDueOn: ahead.sort()[0] ?? '' }
  seen.set(parts, looked)
  return looked
}

function clockHtml({ clock, world }: PageParts): Html {
  const { timeZone } = world.msp
  const words = clockWords(clock.now(), timeZone)
  return html`<span class="clock">${words}</span> <span class="zone">${timeZone}, ${clock.paused ? 'paused' : 'running'}</span>`
}

function toggleHtml(isPaused: boolean): Html {
  const icon = isPaused ? 'play' : 'pause'
  return html`<form method="post" action="/do/${isPaused ? 'run' : 'pause'}"><button class="btn go" id="toggle"><i class="i i-${icon}" aria-hidden="true"></i>${isPaused ? 'Run' : 'Pause'}</button></form>`
}
