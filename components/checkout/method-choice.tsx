'use client'

import { CreditCard, Landmark } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Way, WayType } from './checkout'

const icons = { acss_debit: Landmark, us_bank_account: Landmark, card: CreditCard }

type Props = {
  legend: string
  ways: (Way & { total: string })[]
  /** The type of a way, or the id of something saved. */
  chosen: string
  choose: (type: WayType) => void
  /** What stands under a way; kept while another is chosen, so that nothing typed is lost. */
  body: (type: WayType) => ReactNode
  /** Rows above the ways, of the same choice. */
  before?: ReactNode
}

/** Which way to pay, with what each comes to before anyone chooses. The whole row is the target. */
export function MethodChoice({ legend, ways, chosen, choose, body, before }: Props) {
  return (
    <fieldset className="min-w-0 overflow-clip rounded-[calc(var(--brand-radius)+2px)] border border-hairline-strong bg-surface">
      <legend className="sr-only">{legend}</legend>
      {before}
      {ways.map((way) => {
        const Icon = icons[way.type]
        const isChosen = way.type === chosen
        return (
          <div
            key={way.type}
            className={`border-hairline [&+&]:border-t ${isChosen ? 'bg-brand-soft' : 'hover:bg-hover'}`}
          >
            <label className="grid min-h-16 cursor-pointer grid-cols-[18px_20px_1fr_auto] items-center gap-x-2.5 px-3.5 py-3 wide:grid-cols-[20px_24px_1fr_auto] wide:gap-x-3 wide:px-4.5">
              <input
                type="radio"
                name="method"
                value={way.type}
                checked={isChosen}
                onChange={() => choose(way.type)}
                className="m-0 size-4.5 flex-none cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-surface checked:border-[5.5px] checked:border-brand-text forced-colors:appearance-auto"
              />
              <Icon aria-hidden size={20} className="text-text-2" />
              <span>
                <span className="font-medium">{way.name}</span>
                <span className={`block text-sm leading-[18px] ${isChosen ? 'text-text-2' : 'text-text-3'}`}>
                  {way.sub}
                </span>
              </span>
              <span className="num text-right font-semibold">{way.total}</span>
            </label>
            <div hidden={!isChosen} className="px-3.5 pt-1 pb-4.5 wide:px-4.5 wide:pb-5">
              {body(way.type)}
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}
