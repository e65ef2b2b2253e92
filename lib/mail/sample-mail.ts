import { addDays, now } from '@/lib/base/clock'
import { type Money, zero } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import type { Rendered } from './letter'
import { autopayStarted } from './templates/autopay-started'
import type { MailFacts, PaymentFacts } from './templates/facts'
import { valuesOfConsent, valuesOfInvoice, valuesOfPayment, valuesOfScheduled } from './templates/own-words'
import { payNow } from './templates/pay-now'
import { paymentFailed, paymentReturned } from './templates/payment-failed'
import { paymentOnItsWay } from './templates/payment-on-its-way'
import { paymentReceived } from './templates/payment-received'
import { paymentScheduled } from './templates/payment-scheduled'
import { refundMade } from './templates/refund-made'
import type { Values, WordedKind } from './wording'

type About = MailFacts & {
  currency: string
  /** Where its button leads. */
  url: string
}

/** A mail nobody is meant by: what its places hold, and how it is made. */
export type SampleMail = { values: Values; render: () => Promise<Rendered> }

/** One mail of this kind by its own template, with names and figures that are made up. */
export function sampleMail(kind: WordedKind, { currency, url, ...about }: About): SampleMail {
  const { locale, today } = about
  const isFrench = locale === 'fr-CA'
  const money = (minor: bigint): Money => ({ minor, currency })
  const base = { ...about, recipient: 'Dana Example' }
  const clientName = isFrench ? 'Clinique Exemple' : 'Sample Architects'
  const methodLabel = isFrench ? 'Banque Exemple, 6789' : 'Sample Bank, 6789'
  const dueOn = addDays(today, 12)
  const payment: PaymentFacts = {
    ...base,
    ...{ clientName, methodLabel, url },
    amount: money(491_314n),
    ...{ surcharge: zero(currency), credit: zero(currency), kept: zero(currency) },
    allocations: [{ number: '10001', amount: money(491_314n) }],
  }
  const ofPayment = <Facts extends PaymentFacts>(facts: Facts, template: (facts: Facts) => Promise<Rendered>) => ({
    values: valuesOfPayment(facts),
    render: () => template(facts),
  })
  switch (kind) {
    case 'pay_now': {
      const facts = {
        ...base,
        invoice: {
          ...{ number: '10001', clientName, dueOn },
          lines: [
            {
              description: isFrench ? 'Poste de travail géré' : 'Managed workstation',
              quantity: '38',
              amount: money(281_200n),
            },
            { description: isFrench ? 'Serveur géré' : 'Managed server', quantity: '3', amount: money(201_750n) },
          ],
          ...{ tax: money(8_364n), total: money(491_314n), balance: money(491_314n) },
        },
        ways: { bank: money(491_314n), card: money(491_314n) },
        ...{ payUrl: url, linkUntil: formatDay(dueOn, locale, 'document', today), isChanged: false },
      }
      return { values: valuesOfInvoice(facts), render: () => payNow(facts) }
    }
    case 'payment_on_its_way':
      return ofPayment({ ...payment, clearsOn: addDays(today, 5) }, paymentOnItsWay)
    case 'payment_received':
      return ofPayment({ ...payment, receiptNumber: 'R-0A1B2C3D', paidAt: now() }, paymentReceived)
    case 'payment_failed':
      return ofPayment({ ...payment, reason: sampleReason(isFrench) }, paymentFailed)
    case 'payment_returned':
      return ofPayment({ ...payment, reason: sampleReason(isFrench) }, paymentReturned)
    case 'refund_made':
      return ofPayment({ ...payment, amount: money(20_000n) }, refundMade)
    case 'payment_scheduled': {
      const facts = { ...payment, runOn: dueOn, isBank: true, isAutomatic: true, isAgain: false }
      return { values: valuesOfScheduled(facts), render: () => paymentScheduled(facts) }
    }
    case 'autopay_started': {
      const facts = { ...base, clientName, methodLabel, url, consent: sampleConsent(isFrench) }
      return { values: valuesOfConsent(facts), render: () => autopayStarted(facts) }
    }
  }
}

function sampleReason(isFrench: boolean): string {
  return isFrench ? 'Il n’y avait pas assez d’argent dans le compte.' : 'There was not enough money in the account.'
}

/** In place of the authorization, whose words are law: they come with each consent, never from a sample. */
function sampleConsent(isFrench: boolean): string {
  return isFrench
    ? 'Ici figure, mot pour mot, l’autorisation que le client a donnée.'
    : 'Here stands, word for word, the authorization that the client gave.'
}
