/** Card numbers as they are written: which brand, how long, grouped how, and whether the check digit fits. */

const brands = [
  { brand: 'amex', starts: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvcLength: 4 },
  { brand: 'diners', starts: /^3(?:0[0-5]|[689])/, lengths: [14, 16, 19], groups: [4, 6, 4], cvcLength: 3 },
  { brand: 'discover', starts: /^(?:6011|64[4-9]|65)/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 },
  { brand: 'jcb', starts: /^35(?:2[89]|[3-8])/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 },
  { brand: 'unionpay', starts: /^62/, lengths: [16, 17, 18, 19], groups: [4, 4, 4, 4, 3], cvcLength: 3 },
  {
    brand: 'mastercard',
    starts: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: [4, 4, 4, 4],
    cvcLength: 3,
  },
  { brand: 'visa', starts: /^4/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 },
]

const unknown = { brand: 'unknown', starts: /^/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 }

/** What the first digits say about a card. */
export function brandOf(digits) {
  return brands.find(({ starts }) => starts.test(digits)) ?? unknown
}

/** "4242424242424242" as "4242 4242 4242 4242"; what is too long is cut. */
export function formatNumber(text) {
  const digits = text.replace(/\D/g, '')
  const { groups, lengths } = brandOf(digits)
  const parts = []
  let rest = digits.slice(0, Math.max(...lengths))
  for (const size of groups) {
    if (rest === '') break
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  if (rest !== '') parts.push(rest)
  return parts.join(' ')
}

/** The code of what is wrong with a number, or undefined when it may go. */
export function numberFault(text) {
  const digits = text.replace(/\D/g, '')
  const { lengths } = brandOf(digits)
  if (digits.length < Math.min(...lengths)) return 'incomplete_number'
  if (!lengths.includes(digits.length) || !passesLuhn(digits)) return 'invalid_number'
  return undefined
}

/** The check digit: from the right, every second digit is doubled and its own digits are added. */
function passesLuhn(digits) {
  const sum = [...digits].reverse().reduce((total, letter, index) => {
    const digit = Number(letter) * (index % 2 === 0 ? 1 : 2)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return sum % 10 === 0
}

/** "1", "12", "1228" or "12/2028" as "12 / 28"; a first digit above 1 is a month by itself. */
export function formatExpiry(text) {
  const digits = text.replace(/\D/g, '')
  const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits
  const month = padded.slice(0, 2)
  const year = padded.length === 6 ? padded.slice(4) : padded.slice(2, 4)
  return padded.length > 2 ? `${month} / ${year}` : month
}

/** Month and four-digit year of "12 / 28", or undefined while it is incomplete. */
export function readExpiry(text) {
  const digits = text.replace(/\D/g, '')
  return digits.length < 4 ? undefined : { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2, 4)) }
}

/** The code of what is wrong with an expiry on `today`; a card lives to the end of its month. */
export function expiryFault(text, today) {
  const expiry = readExpiry(text)
  if (expiry === undefined || expiry.month < 1 || expiry.month > 12) return 'incomplete_expiry'
  if (expiry.year < today.getFullYear()) return 'invalid_expiry_year_past'
  if (expiry.year > today.getFullYear() + 50) return 'invalid_expiry_year'
  if (expiry.year === today.getFullYear() && expiry.month < today.getMonth() + 1) return 'invalid_expiry_month_past'
  return undefined
}
