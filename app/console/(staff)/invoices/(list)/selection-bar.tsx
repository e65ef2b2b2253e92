'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatMoney } from '@/lib/money/format'

type Picked = { count: number; sums: { minor: bigint; currency: string }[] }
const none: Picked = { count: 0, sums: [] }

/** Counts and adds up what is ticked in the form around it. The server is told ids, never these sums. */
export function SelectionBar() {
  const bar = useRef<HTMLDivElement>(null)
  const [{ count, sums }, setPicked] = useState(none)

  useEffect(() => {
    const form = bar.current?.closest('form')
    if (form == null) return
    const count = () => setPicked(pick(form))
    count() // the browser may have kept ticks over a reload
    form.addEventListener('change', count)
    return () => form.removeEventListener('change', count)
  }, [])

  const sum = sums.map((amount) => formatMoney(amount, 'en-US')).join(' and ')
  const words = count === 1 ? `1 invoice, ${sum}` : `${count} invoices, ${sum}`
  return (
    <div ref={bar} className={count === 0 ? 'hidden' : 'sticky bottom-4 z-[2] print:hidden'}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-hairline-strong bg-raised px-4 py-3 shadow-2">
        <p role="status" className="num grow font-medium text-sm">
          {count === 0 ? '' : words}
        </p>
        <Button
          tone="quiet"
          onClick={(event) => {
            for (const tick of ticksOf(event.currentTarget.form)) tick.checked = false
            setPicked(none)
          }}
        >
          Clear
        </Button>
        <SubmitButton busy="Sending">Send {count === 1 ? 'it' : `${count}`} with pay links</SubmitButton>
      </div>
    </div>
  )
}

function ticksOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return form === null ? [] : [...form.querySelectorAll<HTMLInputElement>('input[name=id]:checked')]
}

function pick(form: HTMLFormElement): Picked {
  const ticked = ticksOf(form)
  const byCurrency = new Map<string, bigint>()
  for (const { dataset } of ticked) {
    const currency = dataset.currency ?? 'USD'
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + BigInt(dataset.minor ?? '0'))
  }
  return { count: ticked.length, sums: [...byCurrency].map(([currency, minor]) => ({ minor, currency })) }
}
