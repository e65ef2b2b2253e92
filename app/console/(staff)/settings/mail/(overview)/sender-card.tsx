import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import type { Sender } from '@/lib/mail/sender/sender'

type Props = { sender: Sender; from: { fromName: string; replyTo?: string } }

/** What clients see in the From line, and where an answer of theirs goes. */
export function SenderCard({ sender, from }: Props) {
  const { address, host, relay } = sender
  return (
    <Card
      title="Sender"
      foot={
        <>
          The name and where answers go stand under <Link href="/console/settings/brand">Brand</Link>. The address is
          the same for every company on this installation and is set on its server, as MAIL_FROM.
        </>
      }
    >
      <KeyValue
        align="left"
        items={[
          { key: 'name', label: 'Name', value: from.fromName },
          { key: 'address', label: 'Address', value: <span className="mono break-all">{address}</span> },
          {
            key: 'answers',
            label: 'Answers go to',
            value: <span className="mono break-all">{from.replyTo ?? address}</span>,
          },
          {
            key: 'server',
            label: 'Leaves through',
            value: (
              <>
                <span className="mono break-all">{host}</span>
                {relay !== undefined && ` (${relay.name})`}
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}
