import { h, icon } from './dom.js'
import { fill } from './words.js'

/** Finds a bank by name, then one of its accounts; `onLink({bank, number, last4})` hears which. */
export class BankSearch {
  /** `country` is {banks, accounts}: who can be found, and what they keep. */
  constructor(desk, country, onLink) {
    this.desk = desk
    this.banks = country.banks
    this.accounts = country.accounts
    this.onLink = onLink
    this.root = h('div', { class: 'Form' })
    this.reset()
  }

  reset() {
    const { words } = this.desk
    this.input = h('input', {
      class: 'Input Input--search',
      id: 'payment-bankSearchInput',
      name: 'bankSearch',
      type: 'text',
      inputmode: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: words.bankHint,
      onInput: () => this.drawBanks(),
    })
    this.grid = h('ul', { class: 'PickerGrid' })
    this.status = h('p', { class: 'Hint', role: 'status' })
    this.root.replaceChildren(
      h(
        'div',
        { class: 'Field' },
        h('label', { class: 'Label', for: this.input.id }, words.findBank),
        h('div', { class: 'Field-box' }, this.input, icon('search', { className: 'Icon Field-lead' })),
      ),
      this.grid,
      this.status,
    )
    this.drawBanks()
  }

  focus() {
    const place = this.input.isConnected ? this.input : this.root.querySelector('input:checked')
    place?.focus()
  }

  /** Ties the search box to the message that no bank was chosen. */
  markInvalid(isWrong, messageId) {
    this.input.setAttribute('aria-invalid', String(isWrong))
    this.input.classList.toggle('Input--invalid', isWrong)
    if (isWrong) this.input.setAttribute('aria-describedby', messageId)
    else this.input.removeAttribute('aria-describedby')
  }

  drawBanks() {
    const { words } = this.desk
    const sought = this.input.value.trim().toLowerCase()
    const found =
      sought === '' ? this.banks.slice(0, 6) : this.banks.filter(({ name }) => name.toLowerCase().includes(sought))
    this.grid.replaceChildren(
      ...found.map((bank) =>
        h('li', {}, h('button', { type: 'button', class: 'PickerItem', onClick: () => this.choose(bank) }, bank.name)),
      ),
    )
    this.grid.hidden = found.length === 0
    const count = found.length === 1 ? words.bankMatches.one : fill(words.bankMatches.other, { count: found.length })
    this.status.textContent = found.length === 0 ? words.noBank : count
    this.status.classList.toggle('Hidden', found.length > 0)
  }

  choose(bank) {
    if (bank.isDown === true) {
      this.status.textContent = fill(this.desk.words.bankDown, { bank: bank.name })
      this.status.classList.remove('Hidden')
      return
    }
    this.drawAccounts(bank)
  }

  drawAccounts(bank) {
    const { words } = this.desk
    const rows = this.accounts.map(({ number, outcome }, index) =>
      h(
        'label',
        { class: 'PickerRow' },
        h('input', { type: 'radio', name: 'bankAccount', value: number, checked: index === 0 }),
        h('span', { class: 'PickerRow-name' }, `${words.checking} •••• ${number.slice(-4)}`),
        h('span', { class: 'PickerRow-note' }, words.outcomes[outcome]),
      ),
    )
    const list = h(
      'fieldset',
      { class: 'PickerList' },
      h('legend', { class: 'Label' }, fill(words.accountsAt, { bank: bank.name })),
      h('div', { class: 'PickerList-rows' }, rows),
    )
    const link = () => {
      const number = list.querySelector('input:checked')?.value ?? ''
      this.onLink({ bank, number, last4: number.slice(-4) })
    }
    const back = () => {
      this.reset()
      this.focus()
    }
    this.root.replaceChildren(
      list,
      h(
        'div',
        { class: 'Actions' },
        h('button', { type: 'button', class: 'Button', onClick: link }, words.link),
        h('button', { type: 'button', class: 'TextButton', onClick: back }, words.back),
      ),
    )
    list.querySelector('input')?.focus()
    this.desk.changed()
  }
}
