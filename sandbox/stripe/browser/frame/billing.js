/** Which billing details the form asks for itself, and which the page has promised to bring along. */

/** The page's wish for one detail: 'auto' (the form asks) or 'never'. `part` is name, email, country or postalCode. */
export function wishFor(fields, type, part) {
  const wish = fields?.[type]?.billingDetails ?? fields?.billingDetails ?? 'auto'
  if (typeof wish === 'string') return wish
  if (part === 'name' || part === 'email') return wish[part] ?? 'auto'
  const address = wish.address ?? 'auto'
  if (address === 'never') return 'never'
  return typeof address === 'string' ? 'auto' : (address[part] ?? 'auto')
}

const needed = {
  card: [
    ['country', 'address.country', (billing) => billing?.address?.country],
    ['postalCode', 'address.postal_code', (billing) => billing?.address?.postal_code],
  ],
  us_bank_account: [
    ['name', 'name', (billing) => billing?.name],
    ['email', 'email', (billing) => billing?.email],
  ],
}

/** What the page said it would pass and did not, in the words of Stripe's integration error; undefined if all is there. */
export function missingPromise(fields, type, billing, call) {
  for (const [part, path, read] of needed[type] ?? []) {
    if (wishFor(fields, type, part) !== 'never' || read(billing) !== undefined) continue
    return `You specified "never" for fields.billing_details.${path} when creating the payment Element, but did not pass params.payment_method_data.billing_details.${path} when calling ${call}. If you opt out of collecting data via the payment Element using the fields option, the data must be passed in when calling ${call}.`
  }
  return undefined
}

const postalCountries = ['US', 'CA', 'GB']

/** Countries whose card issuers check the postal code. */
export function asksPostalCode(country) {
  return postalCountries.includes(country)
}

/** The code of what is wrong with a postal code. Canadian and British ones are only checked for length. */
export function postalFault(text, country) {
  const code = text.trim()
  if (country === 'US') {
    if (/[^\d\s-]/.test(code)) return 'invalid_zip'
    return /^\d{5}(?:-?\d{4})?$/.test(code) ? undefined : 'incomplete_zip'
  }
  return code.replace(/\s/g, '').length >= (country === 'CA' ? 6 : 5) ? undefined : 'incomplete_postal_code'
}

export function emailFault(text) {
  if (text.trim() === '') return 'incomplete_email'
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim()) ? undefined : 'invalid_email'
}

export function nameFault(text) {
  return text.trim() === '' ? 'incomplete_name' : undefined
}

const countryCodes =
  'AU AT BE BR BG CA CL CO CR HR CY CZ DK DO EE FI FR DE GI GR HK HU IS IN ID IE IL IT JP LV LI LT LU MY MT MX NL NZ NO PA PE PL PT PR RO SG SK SI ZA KR ES SE CH TW TH AE GB US UY'.split(
    ' ',
  )

/** [code, name] pairs in the reader's alphabet. */
export function countryChoices(locale) {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const byName = new Intl.Collator(locale)
  return countryCodes.map((code) => [code, names.of(code) ?? code]).sort(([, a], [, b]) => byName.compare(a, b))
}
