import { Mail } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { ClientView } from '@/lib/billing/client'

type Props = { client: ClientView; hasRecipient: boolean; canErase: boolean }

/** Who is who, and who gets the invoices. */
export function ContactsCard({ client, hasRecipient, canErase }: Props) {
  const { contacts, billingEmail, phone, address } = client
  const lines = [
    address.line1,
    address.line2,
    [address.city, address.region, address.postalCode].filter((part) => part !== '').join(' '),
  ].filter((line) => line !== '')
  return (
    <Card title="Contacts" flush>
      <ul className="text-sm">
        {!hasRecipient && (
          <li className="px-4 py-3 wide:px-5">
            <Notice tone="warn" title="Nobody gets the invoices.">
              Mark a billing contact with an address in the PSA.
            </Notice>
          </li>
        )}
        {contacts.map(({ id, name, title, email, isBilling }) => (
          <li key={id} className="border-hairline px-4 py-2.5 not-first:border-t wide:px-5">
            <div className="flex items-start justify-between gap-3">
              <p className="min-w-0">
                <span className="font-medium">{name}</span>
                {title !== '' && <span className="text-text-3">, {title}</span>}
              </p>
              {isBilling && (
                <Badge tone="move" icon={Mail}>
                  Billing
                </Badge>
              )}
            </div>
            <p className="text-text-3 text-xs [overflow-wrap:anywhere]">
              {email ?? 'No address'}
              {canErase && (
                <>
                  {', '}
                  <Link href={`/console/settings/privacy/${id}`} aria-label={`Erase ${name}`}>
                    erase
                  </Link>
                </>
              )}
            </p>
          </li>
        ))}
        {(lines.length > 0 || phone !== '' || billingEmail !== undefined) && (
          <li className="border-hairline bg-sunken px-4 py-3 text-text-2 not-first:border-t wide:px-5">
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
            {phone !== '' && <p className="num">{phone}</p>}
            {billingEmail !== undefined && <p className="[overflow-wrap:anywhere]">{billingEmail}</p>}
          </li>
        )}
      </ul>
    </Card>
  )
}
