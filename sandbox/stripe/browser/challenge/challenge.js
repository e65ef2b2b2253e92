import { h, icon } from '/elements/dom.js'
import { trapFocus } from '/elements/focus-trap.js'
import { connectToHost } from '/elements/port.js'
import { wordsFor } from '/elements/words.js'

/**
 * The issuer's page in a 3-D Secure challenge: the bank asks, and in a test the payer chooses the answer. It stands over
 * the merchant's page, or, where that sent the payer away, by itself under /3ds/<intent>.
 */
const card = document.getElementById('card')
const isByItself = !location.pathname.endsWith('.html')
let finish
let words

if (isByItself) {
  document.body.classList.add('Alone')
  const query = new URLSearchParams(location.search)
  const id = location.pathname.split('/').at(-1)
  finish = (answer) => goOn(id, query, answer)
  open({ id }, 'auto')
} else {
  const host = connectToHost()
  finish = (answer) => host.tell('done', { answer })
  host.on('init', ({ client, intent }) => {
    open(intent, client.locale)
    host.tell('title', words.challenge.dialog)
    host.on('cancel', () => decide(intent, 'fail'))
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') void decide(intent, 'fail')
    })
  })
  trapFocus(card)
  host.hello()
}

function open(intent, locale) {
  words = wordsFor(locale)
  document.documentElement.lang = words.tag
  const { challenge } = words
  document.title = challenge.dialog
  const button = (answer, text, className) =>
    h('button', { type: 'button', class: className, onClick: () => decide(intent, answer) }, text)
  card.replaceChildren(
    h('header', { class: 'Card-head' }, icon('shield-check', { className: 'Card-icon' }), h('p', {}, challenge.bank)),
    h('h1', { class: 'Card-title' }, challenge.title),
    ...amountRow(intent),
    h('p', { class: 'Card-text' }, challenge.text),
    h(
      'div',
      { class: 'Card-actions' },
      button('approve', challenge.complete, 'Card-button'),
      button('fail', challenge.fail, 'Card-button Card-button--quiet'),
    ),
    h('p', { class: 'Card-status', role: 'status' }),
  )
  card.hidden = false
  card.querySelector('button').focus()
}

function amountRow({ amount, currency }) {
  if (amount === undefined) return []
  const format = new Intl.NumberFormat(words.tag, { style: 'currency', currency: currency.toUpperCase() })
  const digits = format.resolvedOptions().maximumFractionDigits
  const text = format.format(amount / 10 ** digits)
  return [h('dl', { class: 'Card-facts' }, h('dt', {}, words.challenge.amount), h('dd', {}, text))]
}

async function decide(intent, answer) {
  const buttons = [...card.querySelectorAll('button')]
  if (buttons.some((button) => button.ariaDisabled === 'true')) return
  const wait = (isWaiting) => {
    for (const button of buttons) button.ariaDisabled = String(isWaiting)
    card.querySelector('[role=status]').textContent = isWaiting ? words.challenge.wait : words.challenge.unreachable
  }
  wait(true)
  try {
    const response = await fetch(`/_sandbox/3ds/${encodeURIComponent(intent.id)}/${answer}`, { method: 'POST' })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    finish(answer)
  } catch {
    wait(false)
  }
}

/** Back to the merchant, with what Stripe adds to a return address. */
function goOn(id, query, answer) {
  const kind = id.startsWith('seti_') ? 'setup_intent' : 'payment_intent'
  const url = new URL(query.get('return_url') ?? '/', location.href)
  if (!/^https?:$/.test(url.protocol)) return
  url.searchParams.set(kind, id)
  url.searchParams.set(`${kind}_client_secret`, query.get('client_secret') ?? '')
  url.searchParams.set('redirect_status', answer === 'approve' ? 'succeeded' : 'failed')
  location.assign(url)
}
