import 'server-only'
import { createTransport, type Transporter } from 'nodemailer'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'

export type Envelope = {
  messageId: string
  /** The MSP's name; the address is the installation's own, so that it passes the receiver's checks. */
  fromName: string
  replyTo?: string
  to: string
  subject: string
  html: string
  text: string
  locale: string
  /** The logo the letter names, as PNG. */
  logo?: { hash: string; png: Buffer }
}

let transporter: Transporter | undefined

/** Hands a mail to the SMTP server of SMTP_URL. @throws Error from the server or the network; Fault broken when there is none */
export async function sendMail(mail: Envelope): Promise<void> {
  await connected().sendMail(mimeOf(mail))
}

/** The mail as nodemailer takes it: names and addresses go in as objects, so that they are quoted, never spliced. */
export function mimeOf(mail: Envelope) {
  return {
    messageId: mail.messageId,
    from: { name: mail.fromName, address: env().MAIL_FROM },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: mail.fromName, address: mail.replyTo } }),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    ...(mail.logo === undefined ? {} : { attachments: [attached(mail.logo)] }),
    headers: {
      'Content-Language': mail.locale,
      // Out-of-office replies to an automatic mail help nobody.
      'Auto-Submitted': 'auto-generated',
    },
    // No tracking, no files or addresses fetched on the way.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function attached({ hash, png }: { hash: string; png: Buffer }) {
  return {
    filename: 'logo.png',
    content: png,
    cid: hash,
    contentType: 'image/png',
    contentDisposition: 'inline' as const,
  }
}

/** The same mail always has the same Message-ID, at the domain it is sent from. */
export function messageIdOf(id: string): string {
  return `<${id}@${env().MAIL_FROM.split('@')[1] ?? 'localhost'}>`
}

function connected(): Transporter {
  const { SMTP_URL } = env()
  if (SMTP_URL === '') throw new Fault('broken', 'SMTP_URL is not set: no mail leaves')
  // One connection per mail: a server that restarts between two of them is not noticed.
  transporter ??= createTransport(SMTP_URL, { from: env().MAIL_FROM })
  return transporter
}
