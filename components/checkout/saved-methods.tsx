import { CreditCard, Landmark } from 'lucide-react'
import type { SavedWay } from './saving'

const icons = { acss_debit: Landmark, us_bank_account: Landmark, card: CreditCard }

type Props = {
  saved: SavedWay[]
  chosen: string
  choose: (id: string) => void
  /** What each comes to. */
  totalOf: (method: SavedWay) => string
}

/** What was saved before, first among the ways to pay. What cannot be charged stays in sight, with the reason. */
export function SavedMethods({ saved, chosen, choose, totalOf }: Props) {
  return saved.map((method) => {
    const Icon = icons[method.type]
    const isChosen = method.id === chosen
    const isOut = method.problem !== undefined
    return (
      <label
        key={method.id}
        className={`grid min-h-16 grid-cols-[18px_20px_1fr_auto] items-center gap-x-2.5 border-hairline border-b px-3.5 py-3 wide:grid-cols-[20px_24px_1fr_auto] wide:gap-x-3 wide:px-4.5 ${isOut ? 'cursor-default' : 'cursor-pointer'} ${isChosen ? 'bg-brand-soft' : isOut ? '' : 'hover:bg-hover'}`}
      >
        <input
          type="radio"
          name="method"
          value={method.id}
          checked={isChosen}
          disabled={isOut}
          onChange={() => choose(method.id)}
          className="m-0 size-4.5 flex-none cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-surface checked:border-[5.5px] checked:border-brand disabled:cursor-default disabled:opacity-50 forced-colors:appearance-auto"
        />
        <Icon aria-hidden size={20} className="text-text-2" />
        <span>
          <span className={`font-medium ${isOut ? 'text-text-2' : ''}`}>{method.name}</span>
          <span
            className={`block text-sm leading-[18px] ${isOut ? 'text-warn' : isChosen ? 'text-text-2' : 'text-text-3'}`}
          >
            {method.problem ?? method.sub}
          </span>
        </span>
        <span className={`num text-right font-semibold ${isOut ? 'text-text-3' : ''}`}>{totalOf(method)}</span>
      </label>
    )
  })
}
