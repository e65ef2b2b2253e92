import type { CheckoutActions, Go } from '@/components/checkout/checkout'
import { OrderedForm } from '@/components/checkout/ordered-form'
import { OtherWays } from '@/components/checkout/other-ways'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { FrameScreen, FrameWords, InvoiceFact } from './frame'
import { InvoiceRows } from './invoice-rows'
import type { Pick } from './use-frame'

type Props = {
  screen: Extract<FrameScreen, { show: 'pay' }>
  words: FrameWords
  actions: CheckoutActions
  go: Go
  /** What was ticked since the server last answered. */
  pick: Pick | undefined
  onPick: (picked: string[]) => void
  onAgain: () => void
}

/** Whose invoices, which of them, and the same payment form as behind every other door. */
export function PayScreen({ screen, words, actions, go, pick, onPick, onAgain }: Props) {
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
      <InvoiceRows legend={words.pick} rows={pick === undefined ? rows : rows.map(asPicked(pick))} onPick={onPick} />
      {pick?.isLost === true && (
        <div className="border-hairline border-t px-4.5 py-4 wide:px-6">
          <Notice tone="bad" role="alert" title={words.lostTitle}>
            <div className="grid justify-items-start gap-3">
              <p>{words.lostText}</p>
              <Button tone="plain" onClick={onAgain}>
                {words.again}
              </Button>
            </div>
          </Notice>
        </div>
      )}
      {/* The sums below are of what was ticked before: they wait for their answer like everything that depends on them. */}
      <div
        aria-busy={pick !== undefined}
        inert={pick !== undefined}
        className="grid min-h-75 content-start gap-5 border-hairline border-t px-4.5 py-5 transition-opacity inert:opacity-60 wide:p-6"
      >
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

function asPicked({ ids }: Pick): (row: InvoiceFact) => InvoiceFact {
  return (row) => ({ ...row, isPicked: ids.includes(row.id) })
}
