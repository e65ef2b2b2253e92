import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'

type Props = {
  path: string
  /** What is asked: “Client or number”. */
  label: string
  value: string
  button?: string
  /** Other parameters of the address that stay. */
  kept: Record<string, string | undefined>
}

/** Filters a list by words; the address keeps them. A form, so it works without scripts. */
export function SearchField({ path, label, value, button = 'Filter', kept }: Props) {
  return (
    <search className="print:hidden">
      <form action={path} className="flex gap-2">
        {Object.entries(kept).map(([name, keptValue]) =>
          keptValue === undefined ? null : <input key={name} type="hidden" name={name} value={keptValue} />,
        )}
        <span className="relative grow wide:w-64">
          <Search
            aria-hidden
            size={16}
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 text-text-3"
          />
          <input
            data-filter
            type="search"
            name="q"
            aria-label={label}
            placeholder={label}
            defaultValue={value}
            maxLength={80}
            className="min-h-(--control) w-full rounded-sm border border-edge bg-surface pr-2 pl-8.5 text-sm placeholder:text-text-3"
          />
        </span>
        <Button type="submit">{button}</Button>
      </form>
    </search>
  )
}
