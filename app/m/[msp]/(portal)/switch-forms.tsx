import { SubmitButton } from '@/components/ui/submit-button'
import { wordsIn } from '@/messages/words'
import { switchTo } from './switch-to'
import type { Visitor } from './visitor'

/** In the person’s menu: a button for each other client of the MSP’s where they are known by the same address. */
export function SwitchForms({ visitor: { others, tenant, locale, lang } }: { visitor: Visitor }) {
  if (others.length === 0) return null
  const words = wordsIn(locale)
  return (
    <ul className="grid gap-1 border-hairline border-y py-1">
      {others.map(({ clientId, name }) => (
        <li key={clientId}>
          <form action={switchTo.bind(null, tenant.slug, lang, clientId)}>
            <SubmitButton tone="quiet" size="entry" busy={words('portal.switching')}>
              {words('portal.switchTo', { company: name })}
            </SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  )
}
