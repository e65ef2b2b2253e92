import type { Money } from '@/lib/money/money'
import { bare } from './cash'

/** The difference of two figures: green at 0.00, red to the cent. */
export function Gap({ of }: { of: Money }) {
  return <span className={of.minor === 0n ? 'font-medium text-good' : 'font-medium text-bad'}>{bare(of)}</span>
}
