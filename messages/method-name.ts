import { type Locale, wordsIn } from './words'

/** How cards are paid, as Stripe says it; where it says `unknown`, nothing is said. */
const fundings = ['credit', 'debit', 'prepaid'] as const

/**
 * The networks whose name stands in front of `credit`, as our labels write them. Only after one of these is the word
 * the kind of a card: a bank may well be called Community Credit, and its name is not ours to translate.
 */
const networks = [
  'Visa',
  'Mastercard',
  'Amex',
  'American express',
  'Discover',
  'Diners',
  'Diners club',
  'Jcb',
  'Unionpay',
  'Cartes bancaires',
  'Eftpos au',
  'Interac',
  'Link',
]
const nameless = new Set(['Card', 'Unknown'])
const accounts = new Set(['Bank account', 'Us bank account', 'Acss debit'])

/**
 * What a card or an account is called in the reader's language. The label is kept once, in English, as it came from the
 * processor: `Visa credit, 4242`, `Genesee Federal, 6781`, `Bank account, 6789`. Names stay as they are.
 */
export function methodName(label: string, locale: Locale): string {
  const words = wordsIn(locale)
  const [, what = label, digits] = /^(.*), (\w*)$/s.exec(label) ?? []
  const end = digits ? `, ${digits}` : ''
  if (accounts.has(what)) return `${words('method.account')}${end}`
  const [, before = what, funding] = /^(.*) (credit|debit|prepaid|unknown)$/.exec(what) ?? []
  const kind = fundings.find((one) => one === funding)
  if (nameless.has(before)) return `${words(kind === undefined ? 'method.card' : `method.card_${kind}`)}${end}`
  if (!networks.includes(before)) return label
  return `${kind === undefined ? before : words(`method.${kind}`, { network: before })}${end}`
}
