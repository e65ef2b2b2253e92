import { callStripe, mergeDeep } from './api.js'
import { BankForm } from './bank-form.js'
import { h } from './dom.js'
import { trapFocus } from './focus-trap.js'
import { connectToHost } from './port.js'
import { wordsFor } from './words.js'

/** The bank picker by itself, over the page: it links an account to the intent and goes away. */
const host = connectToHost()
const card = document.getElementById('card')

host.on('init', (asked) => {
  const words = wordsFor(asked.client.locale)
  document.documentElement.lang = words.tag
  host.tell('title', words.bankDialog.title)
  const never = { billingDetails: { name: 'never', email: 'never' } }
  const desk = { words, setup: { element: { fields: never } }, changed: () => undefined }
  const form = new BankForm(desk)
  const close = () => host.tell('done', undefined)
  const status = h('p', { class: 'Error', role: 'alert', hidden: true })
  const attach = h(
    'button',
    { type: 'button', class: 'Card-button', onClick: () => link(asked, form, status) },
    words.bankDialog.attach,
  )
  const cancel = h(
    'button',
    { type: 'button', class: 'Card-button Card-button--quiet', onClick: close },
    words.bankDialog.cancel,
  )
  card.replaceChildren(
    h('h1', { class: 'Card-title' }, words.bankDialog.title),
    form.root,
    status,
    h('div', { class: 'Card-actions' }, attach, cancel),
  )
  card.hidden = false
  form.focus()
})
host.on('cancel', () => host.tell('done', undefined))
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') host.tell('done', undefined)
})
trapFocus(card)
host.hello()

async function link({ client, kind, clientSecret, data }, form, status) {
  if (form.check() !== undefined) return
  const [id] = clientSecret.split('_secret_')
  const answer = await callStripe(client, 'POST', `/v1/${kind}s/${id}/link_account_sessions/attach`, {
    client_secret: clientSecret,
    payment_method_data: mergeDeep(form.data(), data),
    _verification: form.verification,
  })
  if (answer.error === undefined) {
    host.tell('done', {})
    return
  }
  status.textContent = answer.error.message
  status.hidden = false
}
