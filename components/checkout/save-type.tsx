import { CreditCard, Landmark } from 'lucide-react'
import type { MethodType } from '@/lib/payments/method'
import type { SaveWord } from './save-form'

const kinds = [
  ['us_bank_account', Landmark, 'bank', 'bankSub'],
  ['acss_debit', Landmark, 'pad', 'bankSub'],
  ['card', CreditCard, 'card', 'cardSub'],
] as const

type Props = {
  words: Record<SaveWord, string>
  types: MethodType[]
  chosen: MethodType
  choose: (type: MethodType) => void
}

/** A bank account or a card; the whole row is the target. */
export function SaveType({ words, types, chosen, choose }: Props) {
  return (
    <fieldset className="min-w-0 overflow-clip rounded-[calc(var(--brand-radius)+2px)] border border-hairline-strong bg-surface">
      <legend className="sr-only">{words.what}</legend>
      {kinds
        .filter(([type]) => types.includes(type))
        .map(([type, Icon, name, sub]) => (
          <label
            key={type}
            className={`grid min-h-14 cursor-pointer grid-cols-[20px_24px_1fr] items-center gap-x-3 border-hairline px-4 py-2.5 [&+&]:border-t ${type === chosen ? 'bg-brand-soft' : 'hover:bg-hover'}`}
          >
            <input
              type="radio"
              name="what"
              value={type}
              checked={type === chosen}
              onChange={() => choose(type)}
              className="m-0 size-4.5 flex-none cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-surface checked:border-[5.5px] checked:border-brand forced-colors:appearance-auto"
            />
            <Icon aria-hidden size={20} className="text-text-2" />
            <span>
              <span className="font-medium">{words[name]}</span>
              <span className="block text-sm text-text-2 leading-[18px]">{words[sub]}</span>
            </span>
          </label>
        ))}
    </fieldset>
  )
}
