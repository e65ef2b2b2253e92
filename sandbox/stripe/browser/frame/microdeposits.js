import { h } from './dom.js'
import { Field } from './field.js'
import { wordsFor } from './words.js'

/** Stripe's hosted page for a payer who was sent two small deposits, or one with a code, at /elements/microdeposits/<secret>. */
const secret = location.pathname.split('/').at(-1)
const words = wordsFor('auto')
const card = document.getElementById('card')
const { deposits } = words
document.documentElement.lang = words.tag
document.title = deposits.title

const code = field('descriptorCode', deposits.code, 'SM11AA', (text) => text.toUpperCase().slice(0, 6))
const first = field('firstAmount', deposits.first, '32', digits)
const second = field('secondAmount', deposits.second, '45', digits)
const message = h('p', { class: 'Error', role: 'alert', hidden: true })
card.replaceChildren(
  h('h1', { class: 'Card-title' }, deposits.title),
  h('p', { class: 'Card-text' }, deposits.text),
  h(
    'form',
    { class: 'Form', onSubmit: send },
    code.root,
    h('p', { class: 'Hint' }, deposits.or),
    h('div', { class: 'Row' }, first.root, second.root),
    message,
    h('button', { class: 'Card-button' }, deposits.verify),
  ),
)
card.hidden = false
code.input.focus()

async function send(event) {
  event.preventDefault()
  const isCode = !code.isEmpty
  const ask = isCode ? { descriptor_code: code.value } : { amounts: [first.value, second.value] }
  const answer = await post(ask)
  if (answer.error === undefined) {
    card.replaceChildren(h('h1', { class: 'Card-title', tabindex: '-1' }, deposits.done))
    card.querySelector('h1').focus()
    return
  }
  message.textContent = answer.error.message ?? answer.error
  message.hidden = false
  ;(isCode ? code : first).input.focus()
}

async function post(ask) {
  try {
    const response = await fetch(`/_sandbox/microdeposits/${secret}`, { method: 'POST', body: JSON.stringify(ask) })
    return await response.json()
  } catch {
    return { error: { message: words.challenge.unreachable } }
  }
}

function field(name, label, hint, format) {
  const quiet = { fault: () => undefined, changed: () => undefined }
  return new Field({ name, label, words, hint, format, autocomplete: 'off', ...quiet })
}

function digits(text) {
  return text.replace(/\D/g, '').slice(0, 2)
}
