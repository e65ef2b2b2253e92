import type { ReactNode } from 'react'
import type { CheckoutActions, CheckoutFacts, Go } from '@/components/checkout/checkout'
import { CheckoutForm } from '@/components/checkout/checkout-form'
import { OrderBy } from '@/components/checkout/order-by'
import { OrderList } from '@/components/checkout/order-list'
import { OtherWays } from '@/components/checkout/other-ways'
import { useOrder } from '@/components/checkout/use-order'
import { Notice } from '@/components/ui/notice'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { FrameScreen, FrameWords } from './frame'
import { InvoiceRows } from './invoice-rows'

type Screen = Extract<FrameScreen, { show: 'pay' }>
type Props = { screen: Screen; words: FrameWords; actions: CheckoutActions; go: Go }

/** Whose invoices, what is paid of them, and the same payment form as behind every other door. */
export function PayScreen({ screen, words, actions, go }: Props) {
  const { checkout, total } = screen
  if (checkout.show === 'form')
    return <PayOrder screen={screen} facts={checkout.facts} words={words} actions={actions} go={go} />
  return (
    <>
      <Head screen={screen} label={words.toPay} total={total} />
      <InvoiceRows rows={screen.rows} />
      {checkout.show === 'elsewhere' && (
        <Below>
          <div className="grid gap-1">
            <h2 className="h2">{checkout.title}</h2>
            <OtherWays {...checkout.otherWays} />
          </div>
        </Below>
      )}
    </>
  )
}

/** One invoice needs no choosing; of several, each can be left out or paid in part, as in the portal. */
function PayOrder({ screen, facts, words, actions, go }: Props & { facts: CheckoutFacts }) {
  const used = useOrder(facts)
  const { setback, rows } = screen
  const plan = used.planned.ok ? used.planned.plan : undefined
  const total = plan === undefined ? '' : formatMoney(money(plan.chargeMinor, facts.currency), facts.locale)
  return (
    <>
      <Head screen={screen} label={words.toPay} total={total} />
      {rows.length > 1 ? (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-hairline border-y px-4.5 py-2.5 wide:px-6">
            <h2 className="font-medium">{facts.words.chooseWhat}</h2>
            <OrderBy facts={facts} used={used} />
          </div>
          <OrderList facts={facts} used={used} />
        </>
      ) : (
        <InvoiceRows rows={rows} />
      )}
      <Below>
        {setback !== undefined && (
          <Notice tone="bad" title={setback.title}>
            {setback.text}
          </Notice>
        )}
        <CheckoutForm facts={facts} used={used} actions={actions} go={go} />
        <details className="text-sm">
          <summary className="inline-block py-0.5 font-medium text-brand-text hover:underline">
            {facts.words.otherWays}
          </summary>
          <div id="other-ways" className="pt-1">
            <OtherWays {...facts.otherWays} />
          </div>
        </details>
      </Below>
    </>
  )
}

function Head({ screen: { client, sub }, label, total }: { screen: Screen; label: string; total: string }) {
  return (
    <div className="flex items-center justify-between gap-4 px-4.5 py-4 wide:px-6">
      <div className="min-w-0">
        <h1 id="heading" tabIndex={-1} className="h2">
          {client}
        </h1>
        <p className="text-sm text-text-3">{sub}</p>
      </div>
      {total !== '' && (
        <p className="grid justify-items-end">
          <span className="label">{label}</span>
          <b className="num font-semibold text-xl tracking-[-0.015em]">{total}</b>
        </p>
      )}
    </div>
  )
}

function Below({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-75 content-start gap-5 border-hairline border-t px-4.5 py-5 wide:p-6">{children}</div>
  )
}
