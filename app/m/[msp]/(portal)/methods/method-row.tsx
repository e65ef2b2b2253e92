import { CreditCard, Landmark, Star, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LinkButton } from '@/components/ui/link-button'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { AgreementMethod } from '@/lib/payments/agreement-method'
import { type MethodView, standingOfMethod } from '@/lib/payments/method'
import type { ScheduledView } from '@/lib/payments/scheduled'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import { methodProblem } from '../../method-words'
import type { Visitor } from '../visitor'
import { prefer, remove, rename } from './acts'
import { NeedsOfMethod } from './needs-of-method'

const icons = { acss_debit: Landmark, us_bank_account: Landmark, card: CreditCard }

type Props = {
  visitor: Visitor
  method: MethodView
  /** What else is saved, to take its place. */
  others: MethodView[]
  /** The payments that are set for a date and need it. */
  scheduled: ScheduledView[]
  /** The invoices to come are charged to it by themselves. */
  isAutomatic: boolean
  /** The agreements it was chosen for. */
  agreements: AgreementMethod[]
  mayAct: boolean
}

/** One card or account: what it is called, how far it is good, and what may be done with it. */
export function MethodRow({ visitor, method, others, scheduled, isAutomatic, agreements, mayAct }: Props) {
  const { locale, today } = visitor
  const words = wordsIn(locale)
  const Icon = icons[method.type]
  const problem = methodProblem(method, locale, today)
  return (
    <li className="grid gap-3 border-hairline px-4.5 py-4 wide:grid-cols-[1fr_auto] wide:items-start wide:px-6 [&+&]:border-t">
      <div className="grid grid-cols-[24px_1fr] gap-x-3">
        <Icon aria-hidden size={20} className="mt-0.5 text-text-2" />
        <div className="grid gap-1">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="font-medium">{method.nickname ?? methodName(method.label, locale)}</span>
            {method.isDefault && (
              <Badge tone="gray" icon={Star}>
                {words('methods.default')}
              </Badge>
            )}
          </p>
          <p className="text-sm text-text-2">{describe(method, visitor)}</p>
          {problem !== undefined && (
            <p className="flex gap-1.5 text-sm text-warn">
              <TriangleAlert aria-hidden size={14} className="mt-[3px] flex-none" />
              {problem}.
            </p>
          )}
        </div>
      </div>
      {mayAct && (
        <Acts
          visitor={visitor}
          method={method}
          isGood={problem === undefined}
          isAutomatic={isAutomatic}
          isNeeded={isAutomatic || scheduled.length > 0 || agreements.length > 0}
        />
      )}
      {isAutomatic && <p className="text-sm text-text-2 wide:col-span-2">{words('autopay.needs')}</p>}
      {(scheduled.length > 0 || agreements.length > 0) && (
        <NeedsOfMethod {...{ visitor, method, others, scheduled, agreements, mayAct }} />
      )}
    </li>
  )
}

function describe(method: MethodView, { locale, today }: Visitor): string {
  const words = wordsIn(locale)
  const { nickname, label, accountKind, expiresOn } = method
  const isSoon = standingOfMethod(method, today) === 'expires-soon'
  const until = expiresOn === undefined ? '' : formatDay(expiresOn, locale, 'plain', today)
  return [
    ...(nickname === undefined ? [] : [methodName(label, locale)]),
    ...(accountKind === undefined
      ? []
      : [words(accountKind === 'business' ? 'methods.businessAccount' : 'methods.personalAccount')]),
    ...(expiresOn === undefined || expiresOn < today
      ? []
      : [words(isSoon ? 'methods.expiresSoon' : 'methods.goodUntil', { date: until })]),
  ].join(' · ')
}

type ActsProps = { visitor: Visitor; method: MethodView; isGood: boolean; isAutomatic: boolean; isNeeded: boolean }

function Acts({ visitor, method, isGood, isAutomatic, isNeeded }: ActsProps) {
  const { tenant, locale, href } = visitor
  const words = wordsIn(locale)
  const { slug } = tenant
  const busy = words('pay.sending')
  // Which words a debit is agreed to with depends on whose account it is.
  const mayBeAutomatic =
    tenant.settings.portal.automatic &&
    isGood &&
    !isAutomatic &&
    (method.type === 'card' || method.accountKind !== undefined)
  return (
    <div className="flex flex-wrap items-start gap-2 max-wide:pl-9">
      {mayBeAutomatic && (
        <LinkButton tone="plain" size="small" href={href('/methods', { auto: method.id })}>
          {words('autopay.turnOn')}
        </LinkButton>
      )}
      {!method.isDefault && isGood && (
        <form action={prefer.bind(null, slug)}>
          <input type="hidden" name="id" value={method.id} />
          <SubmitButton tone="plain" size="small" busy={busy}>
            {words('methods.makeDefault')}
          </SubmitButton>
        </form>
      )}
      <ConfirmDialog
        // A new name is a new dialog: it has been answered, and is closed.
        key={method.nickname ?? ''}
        opener={words('methods.rename')}
        openerSize="small"
        title={words('methods.renameTitle', { method: methodName(method.label, locale) })}
        cancel={words('methods.cancel')}
      >
        <form action={rename.bind(null, slug)} className="grid gap-4">
          <input type="hidden" name="id" value={method.id} />
          <TextField
            name="name"
            label={words('methods.nickname')}
            hint={words('methods.nicknameHint')}
            defaultValue={method.nickname ?? ''}
            maxLength={60}
            autoComplete="off"
          />
          <SubmitButton busy={busy}>{words('methods.saveName')}</SubmitButton>
        </form>
      </ConfirmDialog>
      {!isNeeded && (
        <ConfirmDialog
          opener={words('methods.remove')}
          openerTone="danger"
          openerSize="small"
          title={words('methods.removeTitle', { method: methodName(method.label, locale) })}
          cancel={words('methods.keep')}
        >
          <p className="text-md">{words('methods.removeText', { name: tenant.name })}</p>
          <form action={remove.bind(null, slug)}>
            <input type="hidden" name="id" value={method.id} />
            <SubmitButton tone="danger" busy={busy}>
              {words('methods.remove')}
            </SubmitButton>
          </form>
        </ConfirmDialog>
      )}
    </div>
  )
}
