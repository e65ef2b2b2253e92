import { Download } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import type { MandateView } from '@/lib/payments/method'
import { formatInstant } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'

/** Every authorization that was given: word for word, when, by whom and from where, with its proof. */
export function MandatesCard({ visitor, mandates }: { visitor: Visitor; mandates: MandateView[] }) {
  const { tenant, locale, href } = visitor
  const words = wordsIn(locale)
  return (
    <Card flush title={words('methods.mandates')}>
      {mandates.length === 0 ? (
        <Empty title={words('methods.noMandates')}>{words('methods.noMandatesText')}</Empty>
      ) : (
        <ul>
          {mandates.map((mandate) => (
            <li key={mandate.id} className="grid gap-2 border-hairline px-4.5 py-4 wide:px-6 [&+&]:border-t">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <span className="font-medium">
                  {mandate.label === undefined
                    ? words(`methods.kind.${mandate.kind}`)
                    : words('methods.kindOf', {
                        kind: words(`methods.kind.${mandate.kind}`),
                        label: methodName(mandate.label, locale),
                      })}
                </span>
                <a
                  href={href(`/methods/mandates/${mandate.id}/pdf`)}
                  className="inline-flex min-h-6 items-center gap-1.5 text-sm"
                >
                  <Download aria-hidden size={14} />
                  {words('methods.proof')}
                </a>
              </p>
              <p className="text-sm text-text-2">
                {words('methods.givenAt', {
                  when: formatInstant(mandate.acceptedAt, locale, tenant.timeZone),
                  who:
                    mandate.givenByName || words(mandate.givenBy === 'checkout' ? 'methods.bySite' : 'methods.byLink'),
                  ip: mandate.acceptedIp || words('methods.noAddress'),
                })}
                {mandate.revokedAt !== undefined &&
                  ` ${words('methods.revokedAt', { when: formatInstant(mandate.revokedAt, locale, tenant.timeZone) })}`}
              </p>
              <p lang={mandate.language} className="max-w-[80ch] text-sm text-text-2 leading-5">
                {mandate.text}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
