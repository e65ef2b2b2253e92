import { ShieldCheck } from 'lucide-react'
import { CheckingResult } from '@/components/checkout/checking-result'
import { ConfirmButton } from '@/components/checkout/confirm-result'
import { OnItsWayResult } from '@/components/checkout/on-its-way-result'
import { PaidResult } from '@/components/checkout/paid-result'
import { ResultFrame } from '@/components/checkout/result-frame'
import { VerifyForm } from '@/components/checkout/verify-form'
import { Card } from '@/components/ui/card'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { InvoiceView } from '@/lib/billing/invoice'
import { receiptNumber } from '@/lib/documents/receipt-number'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { attemptForInvoice, type PayView } from '../../pay-view'
import { refresh, resume, verify } from './actions'
import { DeadEnd } from './dead-link'

type Props = {
  view: Exclude<PayView, { show: 'form' }>
  slug: string
  token: string
  tenant: Tenant
  invoice: InvoiceView
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
}

/** How the invoice of this link stands, when there is nothing to fill in. */
export function LinkOutcome({ view, slug, token, tenant, invoice, locale, today, terms }: Props) {
  const words = wordsIn(locale)
  const { number } = invoice
  if (view.show === 'void')
    return <DeadEnd title={words('dead.voidTitle', { number })} text={words('dead.voidText', { name: tenant.name })} />
  if (view.show === 'credit')
    return <DeadEnd title={words('dead.creditTitle', { number })} text={words('dead.creditText')} />
  if (view.attempt === undefined)
    return <DeadEnd title={words('dead.settledTitle', { number })} text={words('dead.settledText')} />

  const attempt = attemptForInvoice(view.attempt, invoice.id)
  const ask = refresh.bind(null, slug, token, locale, attempt.id)
  switch (view.show) {
    case 'paid':
      return (
        <PaidResult
          attempt={attempt}
          locale={locale}
          timeZone={tenant.timeZone}
          msp={tenant.name}
          receipt={{ number: receiptNumber(attempt.id), href: `/m/${slug}/pay/${token}/receipt/${attempt.id}` }}
        />
      )
    case 'on-its-way':
      return (
        <OnItsWayResult
          attempt={attempt}
          locale={locale}
          sentOn={todayIn(tenant.timeZone, attempt.createdAt)}
          today={today}
        />
      )
    case 'checking':
      return <CheckingResult attempt={attempt} locale={locale} ask={ask} />
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
              resume={resume.bind(null, slug, token, attempt.id)}
              ask={ask}
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
              verify={verify.bind(null, slug, token, attempt.id)}
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
