import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AgreementOffer } from '@/lib/autopay/authorize-agreement'
import type { AutopayView } from '@/lib/autopay/autopay'
import type { AgreementMethod } from '@/lib/payments/agreement-method'
import { canCharge, type MethodView } from '@/lib/payments/method'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { authorize, chooseForAgreement } from './acts'
import { AuthorizeForm } from './authorize-form'

type Props = {
  visitor: Visitor
  agreements: AgreementMethod[]
  methods: MethodView[]
  autopay: AutopayView | undefined
  /** Where what was chosen may not be charged by itself yet: the words to agree to. */
  offers: AgreementOffer[]
  mayAct: boolean
}

/** Which card or account pays which agreement, what that means today, and the choice of another. */
export function AgreementsCard({ visitor, agreements, methods, autopay, offers, mayAct }: Props) {
  const words = wordsIn(visitor.locale)
  return (
    <Card flush title={words('methods.agreements')}>
      <p className="px-4.5 pt-4 text-sm text-text-2 wide:px-6">{words('methods.agreementsText')}</p>
      <ul>
        {agreements.map((agreement) => (
          <li key={agreement.agreementId} className="grid gap-2 border-hairline px-4.5 py-4 wide:px-6 [&+&]:border-t">
            {agreement.isEnded || !mayAct ? (
              <p>{inWords(agreement, visitor)}</p>
            ) : (
              <Choice {...{ visitor, agreement, methods }} />
            )}
            <Meaning {...{ visitor, agreement, autopay, mayAct }} offer={offerOf(agreement, offers)} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function offerOf({ agreementId, chosen }: AgreementMethod, offers: AgreementOffer[]): AgreementOffer | undefined {
  return offers.find((one) => one.agreementId === agreementId && one.methodId === chosen?.methodId)
}

function nameOf({ nickname, label }: { nickname?: string; label: string }, { locale }: Visitor): string {
  return nickname ?? methodName(label, locale)
}

function inWords({ name, isEnded, chosen }: AgreementMethod, visitor: Visitor): string {
  const words = wordsIn(visitor.locale)
  const method = chosen === undefined ? words('methods.offeredFirst') : nameOf(chosen, visitor)
  return words(isEnded ? 'methods.choiceEnded' : 'methods.paysAgreement', { agreement: name, method })
}

type ChoiceProps = { visitor: Visitor; agreement: AgreementMethod; methods: MethodView[] }

function Choice({ visitor, agreement: { agreementId, name, chosen }, methods }: ChoiceProps) {
  const words = wordsIn(visitor.locale)
  const good = methods.filter((method) => canCharge(method, visitor.today))
  return (
    <form
      // Another choice is another form: its list begins with what is chosen now.
      key={chosen?.methodId ?? ''}
      action={chooseForAgreement.bind(null, visitor.tenant.slug)}
      className="grid items-end gap-3 wide:grid-cols-[1fr_auto]"
    >
      <input type="hidden" name="agreement" value={agreementId} />
      <SelectField
        name="method"
        label={name}
        defaultValue={chosen === undefined || chosen.isGone ? '' : chosen.methodId}
      >
        <option value="">{words('methods.offeredFirst')}</option>
        {good.map((method) => (
          <option key={method.id} value={method.id}>
            {nameOf(method, visitor)}
          </option>
        ))}
      </SelectField>
      <SubmitButton tone="plain" busy={words('pay.sending')}>
        {words('methods.choose')}
      </SubmitButton>
    </form>
  )
}

type MeaningProps = Pick<Props, 'visitor' | 'autopay' | 'mayAct'> & {
  agreement: AgreementMethod
  offer: AgreementOffer | undefined
}

/** What the choice comes to where it is not what pays, and where it is charged by itself. */
function Meaning({ visitor, agreement, autopay, offer, mayAct }: MeaningProps) {
  const { tenant, locale } = visitor
  const words = wordsIn(locale)
  const { name, isEnded, chosen } = agreement
  if (chosen === undefined || isEnded) return null
  const method = nameOf(chosen, visitor)
  if (chosen.isGone)
    return <p className="text-sm text-warn">{words('methods.choiceGone', { agreement: name, method })}</p>
  if (autopay === undefined) return null
  if (chosen.autopayId === autopay.id)
    return <p className="text-sm text-text-2">{words('methods.choiceAutomatic', { method })}</p>
  if (chosen.methodId === autopay.methodId) return null
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-text-2">
      <p>{words('methods.choiceWaits', { method, own: methodName(autopay.methodLabel, locale) })}</p>
      {mayAct && offer !== undefined && (
        <ConfirmDialog
          opener={words('methods.authorize', { method })}
          openerTone="plain"
          openerSize="small"
          title={words('methods.authorizeTitle', { agreement: name, method })}
          cancel={words('methods.cancel')}
        >
          <AuthorizeForm
            authorize={authorize.bind(null, tenant.slug, locale)}
            fields={{
              agreementId: offer.agreementId,
              methodId: offer.methodId,
              shownOn: offer.shownOn,
              mark: offer.mark,
            }}
            text={offer.text}
            words={{
              agree: words('methods.agree'),
              busy: words('pay.sending'),
              record: words('autopay.record'),
              refused: words('methods.notAuthorized'),
            }}
          />
        </ConfirmDialog>
      )}
    </div>
  )
}
