import { ArrowRight, UserRoundCheck } from 'lucide-react'
import Link from 'next/link'
import { Avatar } from '@/components/ui/avatar'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { classes } from '@/components/ui/classes'
import { Count } from '@/components/ui/count'
import { Empty } from '@/components/ui/empty'
import { Key } from '@/components/ui/key'
import { toneClass } from '@/components/ui/tone'
import { now } from '@/lib/base/clock'
import type { ExceptionGroup, ExceptionView } from '@/lib/reports/today'
import { cash } from '../cash'
import { age } from '../when'
import { closeException, takeException } from './exception-acts'
import { exceptionHref, exceptionLooks } from './exception-look'

type Props = {
  groups: ExceptionGroup[]
  timeZone: string
  staffId: string
  /** Whether they may take what waits, and close it. */
  canManage: boolean
}

/** Everything that waits for somebody, by cause: what happened, what is next, who has it. */
export function NeedsPerson({ groups, timeZone, staffId, canManage }: Props) {
  return (
    <Card
      title="Needs a person"
      flush
      aside={
        <span aria-hidden className="flex items-center gap-1.5 text-text-3 text-xs max-wide:hidden">
          <Key>J</Key>
          <Key>K</Key> move <Key>↵</Key> open
        </span>
      }
    >
      {groups.length === 0 ? (
        <Empty title="Nothing needs you">Returns, refusals and differences appear here as they happen.</Empty>
      ) : (
        <div>
          {groups.map(({ cause, exceptions }) => (
            <section
              key={cause}
              className="border-hairline pb-1.5 not-first:border-t"
              aria-label={exceptionLooks[cause].heading}
            >
              <h3 className="flex items-center gap-2 px-4 pt-3 pb-1 font-medium text-text-3 text-xs wide:px-5">
                {exceptionLooks[cause].heading}
                <Count>{exceptions.length}</Count>
              </h3>
              <ul>
                {exceptions.map((exception) => (
                  <Row
                    key={exception.id}
                    exception={exception}
                    timeZone={timeZone}
                    staffId={staffId}
                    canManage={canManage}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Card>
  )
}

type RowProps = Omit<Props, 'groups'> & { exception: ExceptionView }

function Row({ exception, timeZone, staffId, canManage }: RowProps) {
  const { id, cause, clientName, amount, detail, nextStep, owner, openedAt } = exception
  const { icon: Icon, tone, act, heading } = exceptionLooks[cause]
  return (
    <li
      className={classes(
        'relative grid grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 px-4 py-2 text-sm hover:bg-hover focus-within:bg-selected wide:grid-cols-[16px_minmax(0,1fr)_auto_auto] wide:px-5',
        'focus-within:before:absolute focus-within:before:inset-y-0 focus-within:before:left-0 focus-within:before:w-0.5 focus-within:before:bg-focus focus-within:before:content-[""]',
        toneClass[tone],
      )}
    >
      <Icon aria-hidden size={16} className="mt-0.5 self-start text-(--fg)" />
      <div className="grid">
        <p>
          <Link
            href={exceptionHref(exception)}
            data-row-link
            className="font-medium text-text no-underline after:absolute after:inset-0 after:content-[''] hover:no-underline focus-visible:outline-none"
          >
            {clientName ?? heading}
          </Link>{' '}
          <span className="num text-text-3 text-xs">{age(openedAt, now(), timeZone)}</span>
        </p>
        <p className="text-text-2">{detail}</p>
        <p className="text-text-3">
          <ArrowRight aria-hidden size={12} className="mr-1 inline align-[-1px]" />
          {nextStep}
        </p>
      </div>
      <p className="num self-start text-right font-medium wide:self-center">{amount !== undefined && cash(amount)}</p>
      <div className="flex items-center gap-2 max-wide:col-span-2 max-wide:col-start-2">
        <form action={takeException} className="relative z-[1] flex">
          <input type="hidden" name="id" value={id} />
          {owner === undefined ? (
            canManage && (
              <button
                type="submit"
                aria-label={`Take it: ${detail}`}
                title="Take it"
                className={buttonLook('quiet', 'icon')}
              >
                <UserRoundCheck aria-hidden size={16} />
              </button>
            )
          ) : (
            <span className="grid w-(--control) place-items-center">
              <Avatar name={owner.name} title={owner.id === staffId ? 'Yours' : `${owner.name} has it`} />
            </span>
          )}
        </form>
        <span aria-hidden className={buttonLook('plain', 'small', 'wide:min-w-[96px]')}>
          {act}
        </span>
        {canManage && (
          <form action={closeException} className="relative z-[1] flex">
            <input type="hidden" name="id" value={id} />
            <button type="submit" aria-label={`Done: ${detail}`} className={buttonLook('quiet', 'small')}>
              Done
            </button>
          </form>
        )}
      </div>
    </li>
  )
}
