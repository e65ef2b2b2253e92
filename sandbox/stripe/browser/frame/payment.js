import { callStripe, mergeDeep } from './api.js'
import { applyAppearance, loadFonts } from './appearance.js'
import { BankForm } from './bank-form.js'
import { missingPromise } from './billing.js'
import { CardForm } from './card-form.js'
import { h } from './dom.js'
import { accordion, readLayout, tabs } from './method-picker.js'
import { connectToHost, reportHeight } from './port.js'
import { SavedForm } from './saved-form.js'
import { openSession } from './session.js'
import { termsFor } from './terms.js'
import { wordsFor } from './words.js'

/**
 * The Payment Element's inside. What is typed here stays here: the page hears of states and events, and of the token
 * that the API made of it.
 */
const host = connectToHost()
const stage = document.getElementById('payment')

/** What the forms work on: the words, the page's wishes, the session, and whom to tell. Filled by `open`. */
const desk = {
  changed,
  lookUpCard,
  tell: host.tell,
  get defaultBilling() {
    return desk.setup.element.defaultValues?.billingDetails
  },
  get isKeptForLater() {
    return desk.session.isKeptForLater || isSaving
  },
}
let forms = []
let selected
let isSaving = false
let lastChange = ''

host.on('init', start)
host.on('update', update)
host.on('submit', submit)
host.on('createConfirmationToken', (asked) => create('/v1/confirmation_tokens', asked, tokenParams))
host.on('createPaymentMethod', (asked) => create('/v1/payment_methods', asked, methodParams))
host.on('focus', () => (currentForm() === undefined ? stage.querySelector('button, input') : currentForm())?.focus())
host.on('blur', () => document.activeElement?.blur())
host.on('clear', () => draw({ keeping: false }))
host.on('collapse', () => select(undefined))
listenForFocus()
host.hello()

async function start(setup) {
  host.tell('loaderstart', { elementType: 'payment' })
  loadFonts(setup.elements.fonts)
  const { session, error } = await openSession(setup)
  if (error !== undefined) {
    stage.replaceChildren()
    host.tell('loaderror', { elementType: 'payment', error })
    return
  }
  open(setup, session)
  selected = readLayout(setup.element.layout).defaultCollapsed === true ? undefined : orderedTypes()[0]
  draw({ keeping: false })
  reportHeight(host, document.body)
  host.tell('ready', { elementType: 'payment' })
  const { cardDetails } = currentForm() ?? {}
  if (cardDetails !== undefined) host.tell('carddetailschange', { elementType: 'payment', ...cardDetails })
  const paymentMethods = Object.fromEntries(session.types.map((type) => [type, { available: true }]))
  host.tell('availablepaymentmethodschange', { elementType: 'payment', paymentMethods })
}

/**
 * New options of the group or the element. The form is only drawn again where it would look different: a new amount,
 * as a page may set on every card it quotes for, must not touch what somebody is typing.
 */
async function update(changes) {
  if (desk.session === undefined) return undefined
  const setup = { ...desk.setup, ...changes }
  const { session, error } = await openSession(setup)
  if (error !== undefined) return { error }
  const before = likeness()
  open(setup, session)
  if (likeness() === before) return {}
  if (selected !== undefined && !orderedTypes().includes(selected)) selected = orderedTypes()[0]
  const focused = document.activeElement?.id ?? ''
  draw({ keeping: true })
  document.getElementById(focused)?.focus()
  return {}
}

/** Everything the drawing depends on. */
function likeness() {
  const { words, session, setup } = desk
  const saved = session.savedMethods.map(({ id }) => id)
  return JSON.stringify([words.tag, orderedTypes(), saved, session.features, session.isKeptForLater, setup.element])
}

function open(setup, session) {
  const words = wordsFor(setup.elements.locale ?? setup.client.locale)
  Object.assign(desk, { setup, session, words })
  document.documentElement.lang = words.tag
  document.getElementById('ground').style.backgroundColor = setup.ground
  const { unusable, scheme } = applyAppearance(setup.elements.appearance)
  host.tell('scheme', scheme)
  if (unusable.length > 0) host.tell('unusable', unusable)
}

function orderedTypes() {
  const wished = desk.setup.element.paymentMethodOrder ?? []
  const rank = (type) => (wished.includes(type) ? wished.indexOf(type) : wished.length)
  const types = desk.session.types.toSorted((a, b) => rank(a) - rank(b))
  return desk.session.savedMethods.length > 0 ? ['saved', ...types] : types
}

function draw({ keeping }) {
  const kept = Object.fromEntries(forms.map((form) => [form.type, keeping ? form.keep() : undefined]))
  const made = { card: CardForm, us_bank_account: BankForm, saved: SavedForm }
  forms = orderedTypes().map((type) => new made[type](desk, kept[type]))
  arrange()
}

function arrange() {
  const { words, setup } = desk
  const layout = readLayout(setup.element.layout)
  const picker = layout.type === 'accordion' ? accordion : tabs
  const { body } = document
  body.inert = setup.element.readOnly === true
  stage.replaceChildren(...picker({ forms, selected, words, select, layout }), ...afterForm())
  changed()
}

function afterForm() {
  if (selected === undefined) return []
  const offersSaving = desk.session.features.payment_method_save === 'enabled' && selected !== 'saved'
  return [...(offersSaving ? [saveBox()] : []), ...termsFor(desk, selected)]
}

function saveBox() {
  const box = h('input', { type: 'checkbox', class: 'CheckboxInput', id: 'payment-save', checked: isSaving })
  box.addEventListener('change', () => {
    isSaving = box.checked
    arrange()
    document.getElementById('payment-save')?.focus()
  })
  return h('label', { class: 'Checkbox' }, box, h('span', { class: 'CheckboxLabel' }, desk.words.save))
}

function currentForm() {
  return forms.find(({ type }) => type === selected)
}

function select(type) {
  if (type === selected) return
  selected = type
  arrange()
  const details = currentForm()?.cardDetails ?? { loading: false }
  host.tell('carddetailschange', { elementType: 'payment', ...details })
}

/** Tells the page what it may know of the form, when that has changed. */
function changed() {
  const form = currentForm()
  const type = form?.methodType ?? form?.type
  const change = {
    elementType: 'payment',
    empty: form?.isEmpty ?? true,
    complete: form?.isComplete ?? false,
    collapsed: form === undefined,
    value: { type: type ?? '', ...(isSaving ? { savePaymentMethod: true } : {}), ...form?.value() },
  }
  if (JSON.stringify(change) === lastChange) return
  lastChange = JSON.stringify(change)
  host.tell('change', change)
}

function submit() {
  const form = currentForm()
  const code = form === undefined ? 'incomplete_payment_details' : form.check()
  if (code !== undefined) {
    const message = form === undefined ? desk.words.choose : desk.words.faults[code]
    return { error: { type: 'validation_error', code, message } }
  }
  return { selectedPaymentMethod: form.methodType ?? form.type }
}

/** Posts what is typed; `params` of the page are laid over it. */
async function create(path, { params = {}, call }, paramsOf) {
  const { error } = submit()
  if (error !== undefined) return { error }
  const form = currentForm()
  const fields = desk.setup.element.fields
  const promise = missingPromise(fields, form.type, params.payment_method_data?.billing_details, call)
  if (promise !== undefined) return { integrationError: promise }
  return callStripe(desk.setup.client, 'POST', path, paramsOf(form, params))
}

function tokenParams(form, params) {
  const { elements } = desk.setup
  const usage = isSaving ? 'off_session' : (elements.setupFutureUsage ?? elements.setup_future_usage ?? undefined)
  const typed =
    form.paymentMethodId === undefined
      ? { payment_method_data: { ...form.data(), ...(isSaving ? { allow_redisplay: 'always' } : {}) } }
      : { payment_method: form.paymentMethodId }
  const accepted = { customer_acceptance: { type: 'online', online: { infer_from_client: true } } }
  const overlay = form.paymentMethodId === undefined ? params : { ...params, payment_method_data: undefined }
  return {
    ...mergeDeep(typed, overlay),
    setup_future_usage: usage,
    ...((form.methodType ?? form.type) === 'us_bank_account' ? { mandate_data: accepted } : {}),
    ...(form.verification === undefined ? {} : { _verification: form.verification }),
  }
}

function methodParams(form, params) {
  return mergeDeep(form.data(), params)
}

async function lookUpCard(bin) {
  try {
    const response = await fetch(`/elements/card-metadata?bin=${bin}`)
    return await response.json()
  } catch {
    return { brands: null, funding: null }
  }
}

function listenForFocus() {
  let isInside = false
  const say = (event) => host.tell(event, { elementType: 'payment' })
  document.addEventListener('focusin', () => {
    if (!isInside) say('focus')
    isInside = true
  })
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null) return
    isInside = false
    say('blur')
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') say('escape')
  })
}
