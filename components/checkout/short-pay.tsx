'use client'

import { SelectField } from '@/components/ui/select-field'
import { TextField } from '@/components/ui/text-field'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { type CheckoutFacts, type OrderInvoice, type ShortReason, shortCodes } from './checkout'
import { fill } from './fill'
import { isTold } from './order-state'
import type { UsedOrder } from './use-order'

type Props = { invoice: OrderInvoice; leftMinor: bigint; facts: CheckoutFacts; used: UsedOrder }

/** Why less is paid than is owed: asked for at once, and told to the MSP with the payment. */
export function ShortPay({ invoice, leftMinor, facts, used }: Props) {
  const { currency, locale, words } = facts
  const { invoiceId, payableMinor } = invoice
  const reason = used.state.reasons[invoiceId]
  const amount = (minor: bigint) => formatMoney(money(minor, currency), locale)
  const tell = (told: ShortReason | undefined) =>
    used.setState((before) => {
      const { [invoiceId]: _, ...others } = before.reasons
      return { ...before, reasons: told === undefined ? others : { ...others, [invoiceId]: told } }
    })
  return (
    <div className="grid max-w-104 gap-2 wide:ml-8">
      <SelectField
        id={`reason-${invoiceId}`}
        label={fill(words.reason, { amount: amount(BigInt(payableMinor)) })}
        value={reason?.code ?? ''}
        onChange={(event) => {
          const code = shortCodes.find((one) => one === event.target.value)
          tell(code === undefined ? undefined : { code, text: reason?.text ?? '' })
        }}
        error={used.isPressed && !isTold(reason) ? words.reasonMissing : undefined}
      >
        <option value="">{words.choose}</option>
        {shortCodes.map((code) => (
          <option key={code} value={code}>
            {words.reasons[code]}
          </option>
        ))}
      </SelectField>
      {reason !== undefined && (
        <TextField
          label={<span className="sr-only">{words.reasonText}</span>}
          placeholder={words.reasonText}
          maxLength={200}
          value={reason.text}
          onChange={(event) => tell({ ...reason, text: event.target.value })}
          hint={fill(words.left, { amount: amount(leftMinor) })}
        />
      )}
    </div>
  )
}
