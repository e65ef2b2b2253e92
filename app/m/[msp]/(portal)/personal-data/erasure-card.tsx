import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { todayIn } from '@/lib/base/clock'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { askToBeErased, takeBack } from './acts'

type Props = { visitor: Visitor; askedAt: Date | undefined; refusal: { at: Date; because: string } | undefined }

/** What erasing takes away and what stays, said before it is asked for; the request while it waits, and why it was declined. */
export function ErasureCard({ visitor, askedAt, refusal }: Props) {
  const { tenant, locale, today, lang } = visitor
  const words = wordsIn(locale)
  const facts = { name: tenant.name }
  const dayOf = (instant: Date) => formatDay(todayIn(tenant.timeZone, instant), locale, 'document', today)
  return (
    <Card title={words('personalData.eraseTitle')} foot={words('personalData.elsewhere', facts)}>
      <div className="grid justify-items-start gap-5">
        {(['goes', 'stays'] as const).map((part) => (
          <section key={part} className="grid gap-1">
            <h3 className="font-medium">{words(`personalData.${part}Title`)}</h3>
            <p className="max-w-[72ch] text-text-2">{words(`personalData.${part}`, facts)}</p>
          </section>
        ))}
        {refusal !== undefined && (
          <Notice tone="warn" title={words('personalData.declinedTitle', { date: dayOf(refusal.at) })}>
            <p className="max-w-[72ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
              {words('personalData.declined', { ...facts, because: refusal.because })}
            </p>
          </Notice>
        )}
        {askedAt === undefined ? (
          <ConfirmDialog
            opener={words('personalData.askErase')}
            openerTone="danger"
            title={words('personalData.askEraseTitle')}
            cancel={words('personalData.keep')}
          >
            <p className="text-text-2">{words('personalData.askEraseText', facts)}</p>
            <form action={askToBeErased.bind(null, tenant.slug, lang)}>
              <SubmitButton tone="danger" busy={words('personalData.asking')}>
                {words('personalData.askEraseYes', facts)}
              </SubmitButton>
            </form>
          </ConfirmDialog>
        ) : (
          <>
            <Notice tone="move">
              {words('personalData.waiting', {
                ...facts,
                date: dayOf(askedAt),
              })}
            </Notice>
            <form action={takeBack.bind(null, tenant.slug, lang)}>
              <SubmitButton tone="plain" busy={words('personalData.takingBack')}>
                {words('personalData.takeBack')}
              </SubmitButton>
            </form>
          </>
        )}
      </div>
    </Card>
  )
}
