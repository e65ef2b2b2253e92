import { isIP } from 'node:net'
import { judgeDkim } from './dkim'
import { judgeDmarc } from './dmarc'
import type { Finding, TxtAnswers } from './records'
import { type Relay, relayOf } from './relay'
import { judgeSpf } from './spf'

/** Where mail to clients comes from: one address for the whole installation, so that one domain has to vouch for it. */
export type Sender = {
  address: string
  domain: string
  /** The server that mail is handed to. */
  host: string
  relay: Relay | undefined
  /** Nobody can be asked about a domain that is not on the internet. */
  isPublic: boolean
}

/**
 * @param from MAIL_FROM
 * @param smtp the address of the mail server; of its name alone something is shown, never of its password
 * @param ours the name this installation is reached at, which a mail server on the same machine sends from
 */
export function senderOf(from: string, smtp: string, ours: string): Sender {
  const domain = (from.split('@')[1] ?? '').toLowerCase()
  const named = (URL.parse(smtp)?.hostname ?? '').toLowerCase()
  const isHere = named === '' || named === 'localhost' || named === '[::1]' || named.startsWith('127.')
  const host = isHere ? ours : named
  return {
    ...{ address: from, domain, host, relay: relayOf(host) },
    isPublic: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) && isIP(domain) === 0,
  }
}

export type SenderJudged = { spf: Finding; dkim: Finding; dmarc: Finding }

/** What the records of the sender's domain come to for the mail that leaves here. */
export function judgeSender(sender: Sender, selector: string, answers: TxtAnswers): SenderJudged {
  const { domain, relay } = sender
  const spf = judgeSpf(sender, answers)
  const dkim = judgeDkim({ domain, selector, relay }, answers)
  const hasOwnReturnPath = relay?.hasOwnReturnPath === true
  return { spf, dkim, dmarc: judgeDmarc({ domain, spf, dkim, hasOwnReturnPath }, answers) }
}
