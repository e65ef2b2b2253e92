import { h, icon } from './dom.js'
import { fill } from './words.js'

/** The customer's saved payment methods, one of which is chosen. */
export class SavedForm {
  type = 'saved'

  constructor(desk, kept = {}) {
    this.desk = desk
    this.methods = desk.session.savedMethods
    this.chosen = this.methods.find(({ id }) => id === kept.chosen) ?? this.methods[0]
    const rows = this.methods.map((method) =>
      h(
        'label',
        { class: 'PickerRow' },
        h('input', {
          type: 'radio',
          name: 'savedMethod',
          value: method.id,
          checked: method === this.chosen,
          onChange: () => this.choose(method),
        }),
        icon(method.type === 'card' ? `brand-${shownBrand(method)}` : 'landmark', { className: 'Brand' }),
        h('span', { class: 'PickerRow-name' }, titleOf(method)),
        h('span', { class: 'PickerRow-note' }, noteOf(method, desk.words)),
      ),
    )
    const legend = h('legend', { class: 'Hidden' }, desk.words.methods.saved)
    this.root = h('fieldset', { class: 'PickerList' }, legend, h('div', { class: 'PickerList-rows' }, rows))
  }

  /** Type of the payment method behind the choice: what the page is told. */
  get methodType() {
    return this.chosen.type
  }

  get isEmpty() {
    return false
  }

  get isComplete() {
    return true
  }

  check() {
    return undefined
  }

  get paymentMethodId() {
    return this.chosen.id
  }

  get cardDetails() {
    const { card } = this.chosen
    return card === undefined
      ? { loading: false }
      : { loading: false, details: { brands: [card.brand], funding: card.funding } }
  }

  value() {
    const { id, type, billing_details } = this.chosen
    return { payment_method: { id, type, billing_details } }
  }

  keep() {
    return { chosen: this.chosen.id }
  }

  focus() {
    this.root.querySelector('input:checked')?.focus()
  }

  choose(method) {
    this.chosen = method
    this.desk.tell('carddetailschange', { elementType: 'payment', ...this.cardDetails })
    this.desk.changed()
  }
}

function shownBrand({ card }) {
  return ['visa', 'mastercard', 'amex', 'discover', 'diners', 'jcb', 'unionpay'].includes(card.brand)
    ? card.brand
    : 'unknown'
}

function titleOf({ type, card, us_bank_account }) {
  if (type === 'card') return `•••• ${card.last4}`
  return `${us_bank_account?.bank_name ?? ''} •••• ${us_bank_account?.last4 ?? ''}`.trim()
}

function noteOf({ card }, words) {
  if (card === undefined) return ''
  const date = `${String(card.exp_month).padStart(2, '0')}/${String(card.exp_year).slice(-2)}`
  return fill(words.expires, { date })
}
