import type { MailService } from '../mail/start-mail.ts'
import type { Column } from './overview.ts'
import { momentWords } from './words.ts'

export function mailColumn(
  { smtp, mailbox, mailboxService }: MailService,
  now: Date,
  timeZone: string,
  shown: number,
): Column {
  return {
    key: 'mail',
    title: 'Mailbox',
    icon: 'mail',
    ports: `SMTP :${smtp.port}`,
    rows: mailbox
      .list()
      .slice(0, shown)
      .map((message) => ({
        id: `mail-${message.id}`,
        title: message.subject,
        right: momentWords(message.at, now, timeZone),
        detail: `to ${message.to.join(', ')}`,
        tone: 'plain',
        href: `${mailboxService.url}/messages/${message.id}`,
      })),
    empty: 'No mail yet.',
    total: {
      label: 'Delivered',
      value: `${mailbox.deliveredCount}${mailbox.bouncedCount > 0 ? `, bounced ${mailbox.bouncedCount}` : ''}`,
    },
  }
}
