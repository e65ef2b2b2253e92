import type { CheckoutActions, Go } from '@/components/checkout/checkout'
import { OrderedForm } from '@/components/checkout/ordered-form'
import { OtherWays } from '@/components/checkout/other-ways'
import { Notice } from '@/components/ui/notice'
import type { FrameScreen, FrameWords } from './frame'
import { InvoiceRows } from './invoice-rows'

type Props = {
  screen: Extract<FrameScreen, { show: 'pay' }>
  words: FrameWords
  actions: CheckoutActions
  go: Go
  onPick: (picked: string[]) => void
}

/** Whose invoices, which of them, and the same payment form as behind every other door. */
export function PayScreen({ screen, words, actions, go, onPick }: Props) {
  const { client, sub, total, rows, setback, checkout } = screen
  return (
    <>
      <div className="flex items-center justify-between gap-4 px-4.5 py-4 wide:px-6">
        <div className="min-w-0">
          <h1 id="heading" tabIndex={-1} className="h2">
            {client}
          </h1>
          <p className="text-sm text-text-3">{sub}</p>
        </div>
        <p className="grid justify-items-end">
          <span className="label">{words.toPay}</span>
          <b className="num font-semibold text-xl tracking-[-0.015em]">{total}</b>
        </p>
      </div>
      <InvoiceRows legend={words.pick} rows={rows} onPick={onPick} />
      <div className="grid min-h-75 content-start gap-5 border-hairline border-t px-4.5 py-5 wide:p-6">
        {setback !== undefined && (
          <Notice tone="bad" title={setback.title}>
            {setback.text}
          </Notice>
        )}
        {checkout === undefined && <p className="text-text-2">{words.pickNone}</p>}
        {checkout?.show === 'form' && <OrderedForm facts={checkout.facts} actions={actions} go={go} />}
        {checkout?.show === 'elsewhere' && (
          <div className="grid gap-1">
            <h2 className="h2">{checkout.title}</h2>
            <OtherWays {...checkout.otherWays} />
          </div>
        )}
        {checkout?.show === 'form' && (
          <details className="text-sm">
            <summary className="inline-block py-0.5 font-medium text-brand-text hover:underline">
              {checkout.facts.words.otherWays}
            </summary>
            <div id="other-ways" className="pt-1">
              <OtherWays {...checkout.facts.otherWays} />
            </div>
          </details>
        )}
      </div>
    </>
  )
}
