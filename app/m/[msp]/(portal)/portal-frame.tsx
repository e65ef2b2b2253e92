import { Menu } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { BrandMark } from '@/components/brand/brand-mark'
import { buttonLook } from '@/components/ui/button-look'
import { wordsIn } from '@/messages/words'
import { ClientSurface } from '../client-surface'
import { FollowSwitch } from './follow-switch'
import { leave } from './leave'
import { OnlookerBar } from './onlooker-bar'
import { ProviderLinks } from './provider-links'
import { SwitchForms } from './switch-forms'
import { isContact, type Visitor } from './visitor'

export type PortalPlace =
  | 'home'
  | 'invoices'
  | 'statement'
  | 'receipts'
  | 'methods'
  | 'documents'
  | 'people'
  | 'preferences'
  | 'personalData'
  | 'security'
const places = [
  ['home', ''],
  ['invoices', '/invoices'],
  ['statement', '/statement'],
  ['receipts', '/receipts'],
  ['methods', '/methods'],
  ['documents', '/documents'],
  ['people', '/people'],
] as const
/** A person's own pages, whatever the company. */
const ownPlaces = [
  ['preferences', '/preferences'],
  ['security', '/security'],
  ['personalData', '/personal-data'],
] as const

type Props = {
  visitor: Visitor
  at: PortalPlace
  /** The path of this page, for the other language. */
  path: string
  children: ReactNode
}

/** The bar of the portal, and the page below it. */
export function PortalFrame({ visitor, at, path, children }: Props) {
  const { actor, tenant, locale, person, company, href } = visitor
  const words = wordsIn(locale)
  const links = places.map(([place, to]) => (
    <Link
      key={place}
      href={href(to)}
      prefetch={false}
      aria-current={place === at ? 'page' : undefined}
      className="place"
    >
      {words(`portal.${place}`)}
    </Link>
  ))
  const own = ownPlaces.map(([place, to]) => (
    <Link
      key={place}
      href={href(to)}
      prefetch={false}
      aria-current={place === at ? 'page' : undefined}
      className={buttonLook('quiet', 'entry')}
    >
      {words(`portal.${place}`)}
    </Link>
  ))
  const isHome = isContact(visitor)
  const signOut = (
    <form action={leave.bind(null, tenant.slug)}>
      <button type="submit" className={buttonLook('quiet', 'entry')}>
        {words('portal.signOut')}
      </button>
    </form>
  )
  // The menus go by the client: whoever went on to another finds them closed.
  const top = (
    <>
      <OnlookerBar visitor={visitor} />
      {visitor.others.length > 0 && <FollowSwitch slug={tenant.slug} clientId={actor.clientId} home={href('')} />}
      <header className="border-hairline border-b bg-surface print:hidden">
        <div className="mx-auto flex min-h-14 max-w-270 items-center gap-3 px-4 wide:min-h-16 wide:gap-7 wide:px-6">
          <BrandMark tenant={tenant} />
          <nav aria-label={words('portal.nav')} className="flex flex-wrap max-full:hidden">
            {links}
          </nav>
          <span className="grow full:hidden" />
          <span className="min-w-0 grow basis-0 truncate text-right text-sm text-text-2 max-full:hidden">
            {company}
          </span>
          <details key={`${actor.clientId} wide`} className="relative max-full:hidden">
            <summary
              title={person}
              className="grid size-11 place-items-center rounded-full hover:bg-hover [&::-webkit-details-marker]:hidden"
            >
              <span
                aria-hidden
                className="grid size-8 place-items-center rounded-full bg-hairline font-semibold text-text-2 text-xs"
              >
                {initialsOf(person)}
              </span>
              <span className="sr-only">{words('portal.signedIn', { name: person })}</span>
            </summary>
            <nav
              aria-label={words('portal.signedIn', { name: person })}
              className="absolute top-full right-0 z-5 grid max-h-[80vh] min-w-48 max-w-[calc(100vw-2rem)] gap-1 overflow-y-auto rounded-brand-card border border-hairline bg-raised p-2 shadow-2"
            >
              <p className="px-3 pt-1 pb-2 text-sm text-text-3">
                {person}
                <br />
                {company}
              </p>
              {isHome && own}
              <SwitchForms visitor={visitor} />
              <ProviderLinks visitor={visitor} />
              {isHome && signOut}
            </nav>
          </details>
          <details key={`${actor.clientId} narrow`} className="relative full:hidden">
            <summary className="grid size-11 place-items-center rounded-brand hover:bg-hover">
              <Menu aria-hidden size={20} />
              <span className="sr-only">{words('portal.menu')}</span>
            </summary>
            <nav
              aria-label={words('portal.menu')}
              className="absolute top-full right-0 z-5 grid max-h-[80vh] min-w-48 max-w-[calc(100vw-2rem)] gap-1 overflow-y-auto rounded-brand-card border border-hairline bg-raised p-2 shadow-2"
            >
              <p className="px-3 pt-1 pb-2 text-sm text-text-3">{company}</p>
              {links}
              {isHome && own}
              <SwitchForms visitor={visitor} />
              <ProviderLinks visitor={visitor} />
              {isHome && signOut}
            </nav>
          </details>
        </div>
      </header>
    </>
  )
  const otherLanguage = `/m/${tenant.slug}${path}${path.includes('?') ? '&' : '?'}lang=${locale === 'fr-CA' ? 'en' : 'fr'}`
  return (
    <ClientSurface tenant={tenant} locale={locale} otherLanguage={otherLanguage} top={top}>
      <main
        id="main"
        className="mx-auto grid max-w-270 gap-4 px-4 pt-6 pb-12 wide:gap-6 wide:px-6 wide:pt-9 wide:pb-18"
      >
        {children}
      </main>
    </ClientSurface>
  )
}

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/)
  return `${parts[0]?.[0] ?? ''}${parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}
