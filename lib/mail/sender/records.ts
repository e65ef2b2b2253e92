/** What name servers said, by the name that was asked: its TXT records, none, or null where nobody answered. */
export type TxtAnswers = Readonly<Record<string, readonly string[] | null>>

/** One TXT record at its name. */
export type TxtRecord = { name: string; value: string }

/** What a check came to, in the console's words. */
export type Finding = {
  /** `unknown`: nobody answered, or there is nothing yet to judge by. */
  state: 'good' | 'warn' | 'bad' | 'unknown'
  /** What stands there and what follows from it, one sentence each. */
  says: string[]
  published: TxtRecord[]
  /** The record to add, or to put in place of what is published. */
  wanted?: TxtRecord
}

export const unanswered: Finding = {
  state: 'unknown',
  says: ['The name server of this domain does not answer. Check again in a few minutes.'],
  published: [],
}

/** `v=DKIM1; k=rsa; p=…` by its tags, in lower case; undefined when a part is no tag, or one stands there twice. */
export function readTags(record: string): Map<string, string> | undefined {
  const tags = new Map<string, string>()
  for (const part of record.split(';')) {
    if (part.trim() === '') continue
    const at = part.indexOf('=')
    const name = part.slice(0, at).trim().toLowerCase()
    if (at < 1 || name === '' || tags.has(name)) return undefined
    tags.set(name, part.slice(at + 1).trim())
  }
  return tags
}
