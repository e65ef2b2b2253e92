/** The mails to clients of which an MSP may choose some words. */
export const wordedKinds = [
  'pay_now',
  'payment_on_its_way',
  'payment_received',
  'payment_failed',
  'payment_returned',
  'refund_made',
  'payment_scheduled',
  'autopay_started',
] as const
export type WordedKind = (typeof wordedKinds)[number]

export function isWordedKind(text: string): text is WordedKind {
  return wordedKinds.some((kind) => kind === text)
}

/** What is filled in where its name stands in braces, `{client}`. */
export type Place = 'sender' | 'client' | 'invoice' | 'invoices' | 'amount' | 'due' | 'date' | 'method'
/** What the places of one mail hold. */
export type Values = { [Name in Place]?: string }

/** What an MSP says in one kind of mail and one language; null where our words stand. */
export type Wording = { subject: string | null; opening: string | null; closing: string | null }
/** The same as typed. */
export type Typed = { [Field in keyof Wording]: string }

type Terms = {
  places: Place[]
  /** The subject is ours: it says what the reader must be told. */
  keepsSubject: boolean
  /** Our own sentence stays below theirs: it says what the reader must be told. */
  keepsOpening: boolean
}

const ofPayment: Place[] = ['sender', 'client', 'invoices', 'amount']
const free = { places: ofPayment, keepsSubject: false, keepsOpening: false }
const half = { ...free, keepsOpening: true }

/** What a mail is bound to, whoever words it. Money, links and what the law asks for are never in it. */
export const wordingTerms: Record<WordedKind, Terms> = {
  pay_now: { ...free, places: ['sender', 'client', 'invoice', 'amount', 'due'] },
  payment_received: free,
  refund_made: free,
  payment_on_its_way: half,
  payment_failed: half,
  payment_returned: half,
  payment_scheduled: { places: [...ofPayment, 'date'], keepsSubject: true, keepsOpening: true },
  autopay_started: { places: ['sender', 'client', 'method'], keepsSubject: true, keepsOpening: true },
}

/** In letters. */
export const lengthsMax: Record<keyof Wording, number> = { subject: 120, opening: 600, closing: 300 }

export type WordingChecked =
  | { ok: true; typed: Typed }
  | { ok: false; problems: Partial<Record<keyof Wording, string>> }

/** What was typed, each field in one line, or what keeps it from being said, by field. */
export function checkWording(kind: WordedKind, typed: Typed): WordingChecked {
  const { keepsSubject, keepsOpening } = wordingTerms[kind]
  const tidy: Typed = {
    // A line break in a subject is not tidied away: whoever sends one means to write a header.
    subject: keepsSubject ? '' : typed.subject.trim(),
    opening: typed.opening.replace(/\s+/g, ' ').trim(),
    closing: typed.closing.replace(/\s+/g, ' ').trim(),
  }
  const problems = {
    ...problemIn('subject', tidy, kind, keepsSubject ? undefined : 'Say what the mail is about.'),
    ...problemIn('opening', tidy, kind, keepsOpening ? undefined : 'Say what the mail brings, or take our words.'),
    ...problemIn('closing', tidy, kind, undefined),
  }
  return Object.keys(problems).length === 0 ? { ok: true, typed: tidy } : { ok: false, problems }
}

function problemIn(field: keyof Wording, typed: Typed, kind: WordedKind, whenEmpty: string | undefined) {
  const text = typed[field]
  const problem = text === '' ? whenEmpty : (tooLong(text, lengthsMax[field]) ?? unshown(text) ?? badPlace(text, kind))
  return problem === undefined ? {} : { [field]: problem }
}

function tooLong(text: string, max: number): string | undefined {
  return text.length > max ? `Use at most ${max} letters. These are ${text.length}.` : undefined
}

/** Line breaks and marks that turn the text around: nobody types them, and a mail must not carry them. */
function unshown(text: string): string | undefined {
  return /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text)
    ? 'Take out the line break or the invisible sign in it.'
    : undefined
}

function badPlace(text: string, kind: WordedKind): string | undefined {
  const { places } = wordingTerms[kind]
  const known = `Here these are: ${places.map((place) => `{${place}}`).join(', ')}.`
  for (const [whole, name = ''] of text.matchAll(/\{([^{}]*)\}/g))
    if (!places.some((place) => place === name)) return `${whole} is nothing we can fill in. ${known}`
  return /[{}]/.test(text.replace(/\{[^{}]*\}/g, ''))
    ? `A brace stands alone: { and } belong around a name. ${known}`
    : undefined
}

/** The text with its places filled in, each once: what is filled in is never read for places again. */
export function fillPlaces(text: string, values: Values): string {
  const known = new Map<string, string>(Object.entries(values))
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole)
}
