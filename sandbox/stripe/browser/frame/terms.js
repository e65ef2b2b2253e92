import { h } from './dom.js'
import { fill } from './words.js'

const optionNames = { card: 'card', us_bank_account: 'usBankAccount' }

/** The agreement that goes with a method: always for a debit, for a card only when it is kept for later. */
export function termsFor(desk, type) {
  const { words, setup } = desk
  const wish = setup.element.terms?.[optionNames[type]] ?? 'auto'
  const business = setup.element.business?.name ?? words.aBusiness
  const isKept = desk.isKeptForLater
  const paragraphs = {
    card: isKept || wish === 'always' ? [words.cardTerms] : [],
    us_bank_account: [words.bankTerms, ...(isKept || wish === 'always' ? [words.bankTermsLater] : [])],
  }
  const texts = wish === 'never' ? [] : (paragraphs[type] ?? [])
  return texts.map((text) => h('p', { class: 'TermsText' }, fill(text, { business })))
}
