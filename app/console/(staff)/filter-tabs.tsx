import Link from 'next/link'
import { classes } from '@/components/ui/classes'

type Props = { name: string; tabs: { name: string; href: string; here: boolean }[] }

/** Filters that live in the address: each is a link, so they can be kept, shared and gone back to. */
export function FilterTabs({ name, tabs }: Props) {
  return (
    <nav aria-label={name} className="print:hidden">
      <ul className="flex gap-5 overflow-x-auto border-hairline border-b [scrollbar-width:none]">
        {tabs.map(({ name: word, href, here }) => (
          <li key={href} className="flex">
            <Link
              href={href}
              aria-current={here ? 'page' : undefined}
              className={classes(
                '-mb-px whitespace-nowrap border-b-2 py-2.5 font-medium text-sm no-underline hover:no-underline',
                here ? 'border-ink text-text' : 'border-transparent text-text-2 hover:text-text',
              )}
            >
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
