import type { Tenant } from '@/lib/tenancy/tenant'
import type { Locale } from '@/messages/words'

/** What one mail says, before it has a form. The HTML and the text part are two renderings of the same blocks. */
export type Letter = {
  locale: Locale
  subject: string
  /** What mail programs show beside the subject. */
  preview: string
  blocks: Block[]
  /** Small print under the letter. */
  foot: (string | FootLink)[]
}

/** A line of small print that leads somewhere. */
export type FootLink = { text: string; url: string }

export type Block =
  | { is: 'paragraph'; text: string }
  /** The one large figure, with what it is beneath. */
  | { is: 'amount'; text: string; under?: string }
  | { is: 'button'; label: string; url: string; under?: string }
  | { is: 'notice'; title: string; text: string }
  | { is: 'rows'; rows: Row[] }

export type Row = { label: string; note?: string; value: string; weight?: 'plain' | 'quiet' | 'total' }

/** A mail ready to be queued. */
export type Rendered = { subject: string; html: string; text: string }

/** What of an MSP a mail needs. */
export type Sender = Pick<Tenant, 'name' | 'slug' | 'brand' | 'timeZone' | 'locale'>

/** A subject is one line: a line break in a name must not become a header. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}
