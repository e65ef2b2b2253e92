import { asksPostalCode, countryChoices, postalFault, wishFor } from './billing.js'
import { brandOf, expiryFault, formatExpiry, formatNumber, numberFault, readExpiry } from './card-number.js'
import { h, icon } from './dom.js'
import { Field, selectField } from './field.js'

const shownBrands = ['visa', 'mastercard', 'amex', 'discover']
const brandNames = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
}

/** Number, expiry, security code, country and postal code. `desk` is what every form is given: see payment.js. */
export class CardForm {
  type = 'card'
  details = undefined

  constructor(desk, kept = {}) {
    this.desk = desk
    const { words, setup } = desk
    const changed = () => this.desk.changed()
    this.brands = h('div', { class: 'Brands' })
    this.number = new Field({
      name: 'number',
      label: words.number,
      words,
      value: kept.number,
      hint: '1234 1234 1234 1234',
      autocomplete: 'cc-number',
      inputmode: 'numeric',
      dir: 'ltr',
      format: formatNumber,
      fault: numberFault,
      adornment: this.brands,
      changed: () => this.numberTyped(),
    })
    this.expiry = new Field({
      name: 'expiry',
      label: words.expiry,
      words,
      value: kept.expiry,
      hint: words.expiryHint,
      autocomplete: 'cc-exp',
      inputmode: 'numeric',
      dir: 'ltr',
      format: formatExpiry,
      fault: (text) => expiryFault(text, new Date()),
      changed,
    })
    this.cvc = new Field({
      name: 'cvc',
      label: words.cvc,
      words,
      value: kept.cvc,
      hint: words.cvcHint,
      autocomplete: 'cc-csc',
      inputmode: 'numeric',
      dir: 'ltr',
      format: (text) => text.replace(/\D/g, '').slice(0, this.brand.cvcLength),
      fault: (text) => (text.length < this.brand.cvcLength ? 'incomplete_cvc' : undefined),
      adornment: icon('cvc', { className: 'Icon Icon--cvc' }),
      changed,
    })
    this.hasCountry = wishFor(setup.element.fields, 'card', 'country') !== 'never'
    this.hasPostalCode = wishFor(setup.element.fields, 'card', 'postalCode') !== 'never'
    const address = setup.element.defaultValues?.billingDetails?.address ?? {}
    this.country = selectField({
      name: 'country',
      label: words.country,
      choices: countryChoices(words.tag),
      value: kept.country ?? address.country ?? (words.tag.endsWith('CA') ? 'CA' : 'US'),
      autocomplete: 'billing country',
      changed: () => this.countryChosen(),
    })
    this.postalCode = new Field({
      name: 'postalCode',
      label: this.postalWords,
      words,
      value: kept.postalCode ?? address.postal_code ?? '',
      hint: this.country.select.value === 'US' ? '12345' : '',
      autocomplete: 'billing postal-code',
      fault: (text) => postalFault(text, this.country.select.value),
      changed,
    })
    this.root = h(
      'div',
      { class: 'Form' },
      this.number.root,
      h('div', { class: 'Row' }, this.expiry.root, this.cvc.root),
      h('div', { class: 'Row' }, ...(this.hasCountry ? [this.country.root] : []), this.postalCode.root),
    )
    this.drawBrands()
    this.drawPostalCode()
    this.lookUp()
  }

  get brand() {
    return brandOf(this.number.value.replace(/\D/g, ''))
  }

  get fields() {
    const asksPostal = this.hasPostalCode && asksPostalCode(this.country.select.value)
    return [this.number, this.expiry, this.cvc, ...(asksPostal ? [this.postalCode] : [])]
  }

  get postalWords() {
    const { postalCode } = this.desk.words
    return this.country.select.value === 'US' ? postalCode.US : postalCode.other
  }

  get isEmpty() {
    return [this.number, this.expiry, this.cvc].every((field) => field.isEmpty)
  }

  get isComplete() {
    return this.fields.every((field) => field.fault === undefined)
  }

  /** Shows every fault, moves to the first, and says its code. */
  check() {
    const faults = this.fields.map((field) => ({ field, fault: field.check() }))
    const first = faults.find(({ fault }) => fault !== undefined)
    first?.field.input.focus()
    return first?.fault
  }

  /** Parameters of the payment method. */
  data() {
    const expiry = readExpiry(this.expiry.value)
    const address = {
      ...(this.hasCountry ? { country: this.country.select.value } : {}),
      ...(this.fields.includes(this.postalCode) ? { postal_code: this.postalCode.value.trim() } : {}),
    }
    return {
      type: 'card',
      card: {
        number: this.number.value.replace(/\D/g, ''),
        exp_month: expiry?.month,
        exp_year: expiry?.year,
        cvc: this.cvc.value,
      },
      billing_details: { ...this.desk.defaultBilling, address: { ...this.desk.defaultBilling?.address, ...address } },
    }
  }

  /** What the change event adds to `value`. */
  value() {
    if (!this.hasCountry) return {}
    const postalCode = this.fields.includes(this.postalCode) ? this.postalCode.value.trim() || null : null
    return { billingDetails: { address: { country: this.country.select.value, postalCode } } }
  }

  /** What is typed, for the form that takes this one's place in another language. */
  keep() {
    const { number, expiry, cvc, country, postalCode } = this
    return {
      number: number.value,
      expiry: expiry.value,
      cvc: cvc.value,
      country: country.select.value,
      postalCode: postalCode.value,
    }
  }

  focus() {
    this.number.input.focus()
  }

  numberTyped() {
    this.drawBrands()
    this.lookUp()
    this.desk.changed()
  }

  countryChosen() {
    this.drawPostalCode()
    this.desk.changed()
  }

  drawPostalCode() {
    const isAsked = this.fields.includes(this.postalCode)
    this.postalCode.root.hidden = !isAsked
    this.postalCode.label.textContent = this.postalWords
    this.postalCode.input.placeholder = this.country.select.value === 'US' ? '12345' : ''
    this.postalCode.input.inputMode = this.country.select.value === 'US' ? 'numeric' : 'text'
  }

  drawBrands() {
    const { brand } = this.brand
    const known = brand !== 'unknown'
    this.brands.replaceChildren(
      ...(known ? [brand] : shownBrands).map((name) =>
        icon(`brand-${name}`, { className: 'Brand', ...(known ? { label: brandNames[name] } : {}) }),
      ),
    )
  }

  /** Asks the network who issued the card, once its first eight digits are there. */
  lookUp() {
    const digits = this.number.value.replace(/\D/g, '')
    const bin = digits.length < 8 ? undefined : digits.slice(0, 8)
    if (bin === this.bin) return
    this.bin = bin
    if (bin === undefined) {
      this.tellDetails({ loading: false, details: { brands: null, funding: null } })
      return
    }
    this.tellDetails({ loading: true })
    void this.desk.lookUpCard(bin).then((details) => {
      if (this.bin === bin) this.tellDetails({ loading: false, details })
    })
  }

  tellDetails(event) {
    this.cardDetails = event
    this.desk.tell('carddetailschange', { elementType: 'payment', ...event })
  }
}
