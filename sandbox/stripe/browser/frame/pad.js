import { callStripe, mergeDeep } from './api.js'
import { h } from './dom.js'
import { trapFocus } from './focus-trap.js'
import { PadForm } from './pad-form.js'
import { connectToHost } from './port.js'
import { fill, wordsFor } from './words.js'

/**
 * Stripe's own dialog for a pre-authorized debit in Canada: which account, then the agreement. Nothing is kept of either
 * until the payer agrees.
 */
const host = connectToHost()
const card = document.getElementById('card')
const close = () => host.tell('done', undefined)

host.on('init', async (asked) => {
  const words = wordsFor(asked.client.locale)
  document.documentElement.lang = words.tag
  host.tell('title', words.pad.title)
  const { client, kind, clientSecret } = asked
  const [id] = clientSecret.split('_secret_')
  const agreement = await callStripe(client, 'GET', `/v1/${kind}s/${id}/acss_agreement`, {
    client_secret: clientSecret,
  })
  if (agreement.error !== undefined) {
    host.tell('done', { error: agreement.error })
    return
  }
  const dialog = { ...asked, id, words, agreement }
  if (asked.data === undefined) showAgreement(dialog, undefined)
  else showAccount(dialog)
})
host.on('cancel', close)
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') close()
})
trapFocus(card)
host.hello()

function showAccount(dialog) {
  const { words, agreement } = dialog
  const form = new PadForm(words, agreement.verification_method, (linked) => showAgreement(dialog, linked))
  draw(
    words.pad.account,
    h('p', { class: 'Card-text' }, words.pad.who),
    form.root,
    button(words.pad.cancel, close, true),
  )
  form.focus()
}

function showAgreement(dialog, linked) {
  const { words, agreement, data } = dialog
  const { pad } = words
  const business = agreement.business_name ?? words.aBusiness
  const status = h('p', { class: 'Error', role: 'alert', hidden: true })
  const agree = button(pad.agree, () => accept(dialog, linked, agree, status))
  const facts = [
    ...(agreement.amount === null ? [] : [[words.challenge.amount, money(words, agreement)]]),
    [pad.when, agreement.interval_description ?? pad.schedules[agreement.payment_schedule]],
    [pad.kind, pad.kinds[agreement.transaction_type]],
    ...(linked === undefined ? [] : [[pad.from, `•••• ${linked.last4}`]]),
    ...(data?.billing_details === undefined ? [] : [[pad.sentTo, data.billing_details.email]]),
  ]
  draw(
    pad.agreement,
    h(
      'dl',
      { class: 'Card-facts Card-facts--list' },
      facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
    h('p', { class: 'TermsText' }, fill(pad.terms[agreement.payment_schedule], { business })),
    h('p', { class: 'TermsText' }, fill(pad.rights, { business })),
    status,
    h(
      'div',
      { class: 'Card-actions' },
      agree,
      ...(data === undefined ? [] : [button(pad.other, () => showAccount(dialog), true)]),
      button(pad.cancel, close, true),
    ),
  )
  card.querySelector('h1').focus()
}

async function accept({ client, kind, clientSecret, id, data }, linked, agree, status) {
  if (agree.ariaDisabled === 'true') return
  agree.ariaDisabled = 'true'
  const answer = linked === undefined ? {} : await attach({ client, kind, clientSecret, id, data }, linked)
  if (answer.error === undefined) {
    host.tell('done', { accepted: true })
    return
  }
  agree.ariaDisabled = 'false'
  status.textContent = answer.error.message
  status.hidden = false
}

function attach({ client, kind, clientSecret, id, data }, { bank, number, verification }) {
  const account = {
    type: 'acss_debit',
    acss_debit: { institution_number: bank.institution, transit_number: bank.transit, account_number: number },
  }
  return callStripe(client, 'POST', `/v1/${kind}s/${id}/link_account_sessions/attach`, {
    client_secret: clientSecret,
    payment_method_data: mergeDeep(account, data),
    _verification: verification,
  })
}

function draw(title, ...content) {
  card.replaceChildren(h('h1', { class: 'Card-title', tabindex: '-1' }, title), ...content)
  card.hidden = false
}

function button(words, press, isQuiet = false) {
  const look = isQuiet ? 'Card-button Card-button--quiet' : 'Card-button'
  return h('button', { type: 'button', class: look, onClick: press }, words)
}

function money({ tag }, { amount, currency }) {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency: currency.toUpperCase() })
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits)
}
