import { BankSearch } from './bank-search.js'
import { canadianBanks, canadianTestAccounts, testBranch } from './canadian-banks.js'
import { h } from './dom.js'
import { Field } from './field.js'

/** A Canadian bank account: found at a bank and verified at once, or by its three numbers and two small deposits. */
export class PadForm {
  /** `verification` is the intent's verification_method. */
  constructor(words, verification, done) {
    this.words = words
    this.done = done
    this.mayLink = verification !== 'microdeposits'
    this.mayType = verification !== 'instant'
    const desk = { words, changed: () => undefined }
    this.search = new BankSearch(desk, { banks: canadianBanks, accounts: canadianTestAccounts }, (linked) =>
      this.done({ ...linked, verification: 'instant' }),
    )
    const { pad } = words
    this.institution = this.field('institutionNumber', pad.institution, 3, testBranch.institution)
    this.transit = this.field('transitNumber', pad.transit, 5, testBranch.transit)
    this.account = this.field('accountNumber', words.accountNumber, 12, '000123456789')
    this.root = h('div', { class: 'Form' })
    this.turnTo(this.mayLink ? 'search' : 'manual')
  }

  field(name, label, length, hint) {
    const fault = (text) => (text.length < (name === 'accountNumber' ? 7 : length) ? `incomplete_${name}` : undefined)
    const format = (text) => text.replace(/\D/g, '').slice(0, length)
    const numeric = { autocomplete: 'off', inputmode: 'numeric', dir: 'ltr' }
    return new Field({ name, label, words: this.words, hint, fault, format, changed: () => undefined, ...numeric })
  }

  turnTo(step) {
    const { words } = this
    const { pad } = words
    if (step === 'search') {
      const manually = text(pad.manually, () => {
        this.turnTo('manual')
        this.focus()
      })
      this.search.reset()
      this.root.replaceChildren(this.search.root, ...(this.mayType ? [manually] : []))
    } else {
      const back = text(words.searchInstead, () => {
        this.turnTo('search')
        this.focus()
      })
      this.root.replaceChildren(
        h('div', { class: 'Row' }, this.transit.root, this.institution.root),
        this.account.root,
        h('p', { class: 'Hint' }, pad.microdeposits),
        h('button', { type: 'button', class: 'Card-button', onClick: () => this.take() }, pad.next),
        ...(this.mayLink ? [back] : []),
      )
    }
    this.step = step
  }

  take() {
    const fields = [this.transit, this.institution, this.account]
    const wrong = fields.filter((field) => field.check() !== undefined)
    if (wrong.length > 0) {
      wrong[0].input.focus()
      return
    }
    const bank = { institution: this.institution.value, transit: this.transit.value }
    const number = this.account.value
    this.done({ bank, number, last4: number.slice(-4), verification: 'microdeposits' })
  }

  focus() {
    if (this.step === 'search') this.search.focus()
    else this.transit.input.focus()
  }
}

function text(words, press) {
  return h('button', { type: 'button', class: 'TextButton', onClick: press }, words)
}
