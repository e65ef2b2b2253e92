import { CircleCheck, CircleSlash2 } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { daysBetween, type PlainDate } from '@/lib/base/clock'
import { countedOn } from '@/lib/billing/agreement-changes'
import type { AgreementOfInvoice } from '@/lib/billing/agreement-of-invoice'
import type { InvoiceView } from '@/lib/billing/invoice'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { countText } from './count-text'

type Props = { of: AgreementOfInvoice; invoice: InvoiceView; locale: Locale; today: PlainDate }

const known = { active: 'active', inactive: 'inactive', expired: 'expired', cancelled: 'cancelled' } as const

/** The agreement the invoice comes from, with what it counted on the day of the invoice. */
export function AgreementCard({ of: { agreement, previous }, invoice, locale, today }: Props) {
  const words = wordsIn(locale)
  const { name, status, endsOn, additions } = agreement
  const word = Object.entries(known).find(([one]) => one === status.toLowerCase())?.[1]
  const isActive = word === 'active'
  return (
    <Card
      title={words('agreement.yours')}
      aside={
        <Badge tone={isActive ? 'good' : 'gray'} icon={isActive ? CircleCheck : CircleSlash2}>
          {word === undefined ? status : words(`agreement.status.${word}`)}
        </Badge>
      }
    >
      <div className="grid gap-5">
        <div>
          <p className="font-medium">{name}</p>
          <p className="text-sm text-text-3">
            {words('agreement.source')}
            {previous === undefined && invoice.kind === 'invoice' && ` ${words('agreement.first')}`}
          </p>
        </div>
        <Facts
          items={[
            {
              key: 'term',
              label: words('agreement.term'),
              value:
                endsOn === undefined
                  ? words('agreement.open')
                  : words('agreement.until', { date: formatDay(endsOn, locale, 'document', today) }),
            },
            ...countedOn(additions, invoice.issuedOn).map(({ name: service, quantity }) => ({
              key: `service ${service}`,
              label: service,
              value: countText(quantity, locale),
            })),
            {
              key: 'terms',
              label: words('agreement.terms'),
              value: words('agreement.days', { count: daysBetween(invoice.issuedOn, invoice.dueOn) }),
            },
          ]}
        />
      </div>
    </Card>
  )
}

/** Names may be long, values are short: it is the name that breaks. */
function Facts({ items }: { items: { key: string; label: string; value: string }[] }) {
  return (
    <dl className="grid gap-2 text-md">
      {items.map(({ key, label, value }) => (
        <div key={key} className="flex justify-between gap-4">
          <dt className="min-w-0 text-text-3">{label}</dt>
          <dd className="num flex-none text-right">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
