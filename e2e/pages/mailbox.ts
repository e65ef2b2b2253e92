import { stack } from '../support/stack.ts'
import { ask } from './ask.ts'

export type Mail = {
  id: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  headers: { name: string; value: string }[]
  links: string[]
}
type Summary = Pick<Mail, 'id' | 'to' | 'subject'>

const waitMs = 60_000

/** How many mails there have been: what comes later has a higher number. */
export async function mailsSoFar(): Promise<number> {
  const { messages } = await list('')
  return messages.reduce((highest, { id }) => Math.max(highest, Number(id)), 0)
}

/**
 * The newest mail that fits, waiting for it to come.
 * @param like `to`: a part of the address; `subject`: a part of the subject; `after`: only later ones
 * @throws Error when none came in time, with the subjects that did
 */
export async function mailLike(like: { to?: string; subject: string; after?: number }): Promise<Mail> {
  const deadline = Date.now() + waitMs
  let after = like.after ?? 0
  const seen: string[] = []
  for (;;) {
    const leftMs = Math.max(0, deadline - Date.now())
    const { messages } = await list(`after=${after}&to=${encodeURIComponent(like.to ?? '')}&waitMs=${leftMs}`)
    const found = messages.find(({ subject }) => subject.includes(like.subject))
    if (found !== undefined) return ask<Mail>(`${stack().urls.mailbox}/api/messages/${found.id}`)
    if (leftMs === 0) throw new Error(`No mail like ${JSON.stringify(like)} came, but: ${seen.join(' | ') || 'none'}`)
    seen.push(...messages.map(({ to, subject }) => `${to.join(', ')}: ${subject}`))
    after = messages.reduce((highest, { id }) => Math.max(highest, Number(id)), after)
  }
}

/** All that came with this in the subject. */
export async function mailsWith(subject: string): Promise<Summary[]> {
  const { messages } = await list('')
  return messages.filter((mail) => mail.subject.includes(subject))
}

/** The address in a mail that holds this. */
export function linkIn(mail: Mail, part: string): string {
  const link = mail.links.find((address) => address.includes(part))
  if (link === undefined) throw new Error(`The mail “${mail.subject}” has no link with ${part}`)
  return link
}

function list(query: string): Promise<{ messages: Summary[] }> {
  return ask(`${stack().urls.mailbox}/api/messages?${query}`)
}
