import { BankSearch } from './bank-search.js'
import { banks, isRoutingNumber, testAccounts, testRoutingNumber } from './banks.js'
import { emailFault, nameFault, wishFor } from './billing.js'
import { h, icon } from './dom.js'
import { Field, segments } from './field.js'
import { fill } from './words.js'

/**
 * A US bank account: found at a bank and linked at once, or by its numbers and confirmed by micro-deposits. Who the
 * account belongs to is asked either way.
 */
export class BankForm {
  type = 'us_bank_account'

  constructor(desk, kept = {}) {
    this.desk = desk
    this.step = kept.step ?? 'search'
    this.linked = kept.linked
    this.holderType = kept.holderType ?? 'company'
    const { words, setup } = desk
    const changed = () => desk.changed()
    const fields = setup.element.fields
    const billing = desk.defaultBilling ?? {}
    this.name = new Field({
      name: 'name',
      label: words.name,
      words,
      value: kept.name ?? billing.name ?? '',
      hint: words.nameHint,
      autocomplete: 'billing name',
      fault: nameFault,
      changed,
    })
    this.email = new Field({
      name: 'email',
      type: 'email',
      label: words.email,
      words,
      value: kept.email ?? billing.email ?? '',
      hint: words.emailHint,
      autocomplete: 'billing email',
      fault: emailFault,
      changed,
    })
    this.person = [
      ...(wishFor(fields, this.type, 'email') === 'never' ? [] : [this.email]),
      ...(wishFor(fields, this.type, 'name') === 'never' ? [] : [this.name]),
    ]
    this.numbers = this.numberFields(kept)
    this.search = new BankSearch(desk, { banks, accounts: testAccounts }, ({ bank, number, last4 }) =>
      this.link({ bank: bank.name, routing: bank.routing, number, last4 }),
    )
    this.holder = segments({
      name: 'holderType',
      label: words.belongsTo,
      choices: [
        ['company', words.company],
        ['individual', words.individual],
      ],
      value: this.holderType,
      changed: (type) => {
        this.holderType = type
        changed()
      },
    })
    this.account = h('div', { class: 'Form' })
    this.error = h('p', { class: 'Error', id: 'payment-bank-error', hidden: true })
    this.root = h(
      'div',
      { class: 'Form' },
      ...this.person.map((field) => field.root),
      this.account,
      this.error,
      this.holder,
    )
    this.draw()
  }

  numberFields(kept) {
    const { words } = this.desk
    const digits = (length) => (text) => text.replace(/\D/g, '').slice(0, length)
    const field = (name, label, format, fault, hint) =>
      new Field({
        name,
        label,
        words,
        value: kept[name] ?? '',
        hint,
        autocomplete: 'off',
        inputmode: 'numeric',
        dir: 'ltr',
        format,
        fault,
        changed: () => this.desk.changed(),
      })
    const routing = field('routingNumber', words.routingNumber, digits(9), routingFault, testRoutingNumber)
    const account = field('accountNumber', words.accountNumber, digits(17), accountFault, '000123456789')
    const again = field('confirmAccountNumber', words.confirmAccountNumber, digits(17), (text) =>
      text === account.value ? accountFault(text) : 'account_numbers_mismatch',
    )
    return { routing, account, again }
  }

  get fields() {
    const { routing, account, again } = this.numbers
    return [...this.person, ...(this.step === 'manual' ? [routing, account, again] : [])]
  }

  get isEmpty() {
    return this.linked === undefined && this.fields.every((field) => field.isEmpty)
  }

  get isComplete() {
    return this.accountFault === undefined && this.fields.every((field) => field.fault === undefined)
  }

  get accountFault() {
    return this.step === 'manual' || this.linked !== undefined ? undefined : 'bank_account_not_linked'
  }

  /** Shows every fault, moves to the first, and says its code. */
  check() {
    const faults = this.fields.map((field) => ({ field, fault: field.check() }))
    const first = faults.find(({ fault }) => fault !== undefined)
    this.showAccountFault()
    if (first !== undefined) first.field.input.focus()
    else if (this.accountFault !== undefined) this.search.focus()
    return first?.fault ?? this.accountFault
  }

  /** Parameters of the payment method, and how the account was verified. */
  data() {
    const { routing, account } = this.numbers
    const isManual = this.step === 'manual'
    const typed = Object.fromEntries(this.person.map((field) => [field.input.name, field.value.trim()]))
    return {
      type: this.type,
      us_bank_account: {
        routing_number: isManual ? routing.value : this.linked?.routing,
        account_number: isManual ? account.value : this.linked?.number,
        account_holder_type: this.holderType,
        account_type: 'checking',
      },
      billing_details: { ...this.desk.defaultBilling, ...typed },
    }
  }

  get verification() {
    return this.step === 'manual' ? 'microdeposits' : 'instant'
  }

  value() {
    return {}
  }

  keep() {
    const { step, linked, holderType } = this
    const typed = [this.name, this.email, ...Object.values(this.numbers)].map(({ input }) => [input.name, input.value])
    return { step, linked, holderType, ...Object.fromEntries(typed) }
  }

  focus() {
    const first = this.fields[0]
    if (first === undefined) this.search.focus()
    else first.input.focus()
  }

  link(linked) {
    this.linked = linked
    this.draw()
    this.account.querySelector('button')?.focus()
    this.desk.changed()
  }

  turnTo(step) {
    this.step = step
    this.draw()
    if (step === 'manual') this.numbers.routing.input.focus()
    else this.search.focus()
    this.desk.changed()
  }

  draw() {
    const { words } = this.desk
    if (this.accountFault === undefined) this.showAccountFault()
    if (this.step === 'manual') {
      const { routing, account, again } = this.numbers
      const other = textButton(words.searchInstead, () => this.turnTo('search'))
      const note = h('p', { class: 'Hint' }, words.microdeposits)
      this.account.replaceChildren(routing.root, account.root, again.root, note, other)
    } else if (this.linked !== undefined) {
      this.account.replaceChildren(this.linkedRow(this.linked))
    } else {
      this.account.replaceChildren(
        this.search.root,
        textButton(words.manually, () => this.turnTo('manual')),
      )
    }
  }

  linkedRow({ bank, last4 }) {
    const { words } = this.desk
    const remove = textButton(words.unlink, () => {
      this.linked = undefined
      this.search.reset()
      this.turnTo('search')
    })
    remove.setAttribute('aria-label', `${words.unlink}: ${bank}, ${last4}`)
    return h(
      'div',
      { class: 'Block Linked' },
      icon('landmark', { className: 'Icon Linked-icon' }),
      h(
        'span',
        { class: 'Linked-name', 'aria-hidden': 'true' },
        bank,
        h('span', { class: 'Linked-digits' }, `•••• ${last4}`),
      ),
      h('span', { class: 'Hidden', role: 'status' }, fill(words.linked, { bank, last4 })),
      remove,
    )
  }

  showAccountFault() {
    const fault = this.accountFault
    const isWrong = fault !== undefined
    this.error.hidden = !isWrong
    this.error.replaceChildren(...(isWrong ? [icon('octagon-x'), h('span', {}, this.desk.words.faults[fault])] : []))
    this.search.markInvalid(isWrong, this.error.id)
  }
}

function routingFault(text) {
  if (text.length < 9) return 'incomplete_routing_number'
  return isRoutingNumber(text) ? undefined : 'invalid_routing_number'
}

function accountFault(text) {
  return text.length < 4 ? 'incomplete_account_number' : undefined
}

function textButton(text, press) {
  return h('button', { type: 'button', class: 'TextButton', onClick: press }, text)
}
