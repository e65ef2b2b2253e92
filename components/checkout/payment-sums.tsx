import { Sums } from '@/components/money/sums'
import type { AttemptView } from '@/lib/payments/attempt'
import { type Locale, wordsIn } from '@/messages/words'

/** What a payment is made of, adding up to what is charged. */
export function PaymentSums({ attempt, total, locale }: { attempt: AttemptView; total: string; locale: Locale }) {
  const words = wordsIn(locale)
  const { allocations, surcharge, amount, id } = attempt
  return (
    <Sums
      locale={locale}
      sums={[
        ...allocations.map((allocation) => ({
          key: allocation.invoiceId,
          label: words('result.invoice', { number: allocation.number }),
          amount: allocation.amount,
          weight: 'quiet' as const,
        })),
        {
          key: 'fee',
          label: words(surcharge.minor > 0n ? 'result.surcharge' : 'result.fee'),
          amount: surcharge,
          weight: 'quiet' as const,
        },
        { key: id, label: total, amount, weight: 'total' as const },
      ]}
    />
  )
}
