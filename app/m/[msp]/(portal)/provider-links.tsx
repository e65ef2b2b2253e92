import { buttonLook } from '@/components/ui/button-look'
import { wordsIn } from '@/messages/words'
import type { Visitor } from './visitor'

/** In the person’s menu: the other MSPs that know them by the same address. Each has a door of its own, so these are links. */
export function ProviderLinks({ visitor: { providers, locale, href } }: { visitor: Visitor }) {
  if (providers.length === 0) return null
  const title = wordsIn(locale)('portal.providers')
  return (
    <div className="grid gap-1 border-hairline border-y py-1 [ul+&]:border-t-0">
      <p className="px-3 pt-1 text-sm text-text-3">{title}</p>
      <ul aria-label={title} className="grid gap-1">
        {providers.map(({ slug, name }) => (
          <li key={slug} className="grid">
            <a href={href(`/providers/${slug}`)} className={buttonLook('quiet', 'entry')}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
