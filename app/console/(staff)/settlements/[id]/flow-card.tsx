import type { Money } from '@/lib/money/money'
import type { PayoutView } from '@/lib/settlement/payout-view'
import { cash } from '../../cash'

/** The arithmetic of a payout, as it is read: payments − refunds − returns − fees = in the bank. */
export function FlowCard({ payout: { sums } }: { payout: PayoutView }) {
  const terms: { sign: string; label: string; amount: Money }[] = [
    { sign: '', label: 'Payments', amount: sums.payments },
    { sign: '−', label: 'Refunds', amount: sums.refunds },
    { sign: '−', label: 'Returns', amount: sums.returns },
    { sign: '−', label: 'Fees', amount: sums.fees },
    ...(sums.other.minor === 0n ? [] : [{ sign: '+', label: 'Other', amount: sums.other }]),
    { sign: '=', label: 'In the bank', amount: sums.net },
  ]
  return (
    <section
      aria-label="How it adds up"
      className="rounded-lg border border-hairline bg-surface px-4 py-3.5 shadow-1 wide:px-5 wide:py-4.5"
    >
      <ul className="grid gap-1 wide:flex wide:flex-wrap wide:items-end wide:justify-between wide:gap-x-2.5 wide:gap-y-3">
        {terms.map(({ sign, label, amount }, index) => (
          <li
            key={label}
            className={
              index === terms.length - 1
                ? 'flex items-end justify-between gap-2.5 border-hairline-strong max-wide:mt-1 max-wide:border-t max-wide:pt-2'
                : 'flex items-end justify-between gap-2.5'
            }
          >
            {sign !== '' && (
              <span aria-hidden className="pr-2 text-[17px] text-text-3 leading-[26px] max-wide:hidden">
                {sign}
              </span>
            )}
            <div className="max-wide:flex max-wide:w-full max-wide:justify-between">
              <p className="label max-wide:text-sm max-wide:leading-[22px]">{label}</p>
              <p className="num font-semibold text-[18px] leading-[26px] tracking-[-0.012em] max-wide:text-md max-wide:leading-[22px]">
                {cash(amount)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
