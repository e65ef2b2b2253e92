import { Card } from '@/components/ui/card'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { WordedMail } from '@/lib/mail/keep-wording'
import { wordedKinds } from '@/lib/mail/wording'
import { shortDay } from '../../../when'
import { mailNames } from '../mail-names'

/** The mails to clients, and in whose words each is. */
export function WordsCard({ worded, timeZone }: { worded: WordedMail[]; timeZone: string }) {
  return (
    <Card
      flush
      title="What mails say"
      foot="Subject, opening and closing may be yours. Sums, links and what the law asks for are always ours."
    >
      <Table caption="Mails to clients">
        <thead>
          <tr>
            <Th>Mail</Th>
            <Th>English</Th>
            <Th>French</Th>
          </tr>
        </thead>
        <Tbody>
          {wordedKinds.map((kind) => (
            <Tr key={kind} opens>
              <Td>
                <RowLink href={`/console/settings/mail/${kind}`}>{mailNames[kind].name}</RowLink>
              </Td>
              {(['en-US', 'fr-CA'] as const).map((locale) => (
                <Td key={locale} className="text-text-2">
                  {wordsOf(worded.find((one) => one.kind === kind && one.locale === locale))}
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )

  function wordsOf(mail: WordedMail | undefined): string {
    return mail?.isOwn === true ? `Yours since ${shortDay(mail.createdAt, timeZone)}` : 'Ours'
  }
}
