import { ShieldCheck } from 'lucide-react'
import { CheckingResult } from '@/components/checkout/checking-result'
import { ConfirmButton } from '@/components/checkout/confirm-result'
import { OnItsWayResult } from '@/components/checkout/on-its-way-result'
import { PaidResult } from '@/components/checkout/paid-result'
import type { VerifyProof } from '@/components/checkout/proof-of'
import { ResultFrame } from '@/components/checkout/result-frame'
import { VerifyForm } from '@/components/checkout/verify-form'
import { Card } from '@/components/ui/card'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import type { AttemptView } from '@/lib/payments/attempt'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'

const outcomes = ['paid', 'on-its-way', 'checking', 'confirm', 'verify'] as const
export type Outcome = (typeof outcomes)[number]

export function isOutcome(show: string): show is Outcome {
  return outcomes.some((outcome) => outcome === show)
}

type Props = {
  show: Outcome
  attempt: AttemptView
  tenant: Tenant
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
  receiptHref: string
  actions: {
    ask: () => Promise<unknown>
    resume: () => Promise<string | undefined>
    verify: (proof: VerifyProof) => Promise<boolean>
  }
}

/** How one payment stands, for whoever placed it. */
export function PaymentOutcome({ show, attempt, tenant, locale, today, terms, receiptHref, actions }: Props) {
  const words = wordsIn(locale)
  switch (show) {
    case 'paid':
      return (
        <PaidResult
          attempt={attempt}
          locale={locale}
          timeZone={tenant.timeZone}
          msp={tenant.name}
          receipt={{ number: receiptNumber(attempt.id), href: receiptHref }}
        />
      )
    case 'on-its-way': {
      const sentOn = todayIn(tenant.timeZone, attempt.createdAt)
      return <OnItsWayResult attempt={attempt} locale={locale} sentOn={sentOn} today={today} />
    }
    case 'checking':
      return <CheckingResult attempt={attempt} locale={locale} ask={actions.ask} />
    case 'confirm':
      return (
        <ResultFrame
          tone="warn"
          icon={ShieldCheck}
          title={words('result.confirmTitle')}
          text={words('result.confirmText')}
        >
          {terms !== undefined && (
            <ConfirmButton
              terms={terms}
              locale={locale}
              words={{
                button: words('result.confirmButton'),
                sending: words('pay.confirming'),
                blocked: words('pay.fieldsBlocked'),
              }}
              resume={actions.resume}
              ask={actions.ask}
            />
          )}
        </ResultFrame>
      )
    case 'verify':
      return (
        <ResultFrame
          tone="warn"
          icon={ShieldCheck}
          title={words('result.verifyTitle')}
          text={words('result.verifyText', { method: attempt.methodLabel ?? words('result.verifyMethod') })}
        >
          <Card>
            <VerifyForm
              verify={actions.verify}
              words={{
                code: words('result.verifyCode'),
                codeWrong: words('result.verifyCodeWrong'),
                amounts: words('result.verifyAmounts'),
                first: words('result.verifyFirst'),
                second: words('result.verifySecond'),
                button: words('result.verifyButton'),
                sending: words('pay.sending'),
                failed: words('result.verifyFailed'),
              }}
            />
          </Card>
        </ResultFrame>
      )
  }
}

/** What the page's one status region says. */
export function statusText(show: Outcome, locale: Locale): string {
  return wordsIn(locale)(`result.status.${show === 'verify' ? 'confirm' : show}`)
}
