import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, listOf, wordsIn } from '@/messages/words'

/** How to pay by check or wire, in the MSP’s own words. */
export function OtherWays({ tenant, numbers, locale }: { tenant: Tenant; numbers: string[]; locale: Locale }) {
  const words = wordsIn(locale)
  const number = listOf(numbers, locale)
  const { payByCheck } = tenant.brand
  if (payByCheck === '') return <p>{words('pay.otherWaysNone', { name: tenant.name, number })}</p>
  return (
    <div className="grid gap-1">
      <p className="whitespace-pre-line">{payByCheck}</p>
      <p>{words('pay.otherWaysNumber', { number })}</p>
    </div>
  )
}
