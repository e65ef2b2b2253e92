import type { ReactNode } from 'react'
import { FilterTabs } from '../filter-tabs'
import { PageFrame } from '../page-frame'

/** The pages of Settings, in the order of the tabs. */
const settingsPages = [
  { href: '/console/settings', name: 'General' },
  { href: '/console/settings/team', name: 'Team' },
  { href: '/console/settings/brand', name: 'Brand' },
  { href: '/console/settings/documents', name: 'Documents' },
  { href: '/console/settings/mail', name: 'Mail' },
  { href: '/console/settings/privacy', name: 'Personal data' },
  { href: '/console/settings/api-keys', name: 'API keys' },
  { href: '/console/settings/webhooks', name: 'Webhooks' },
  { href: '/console/settings/api', name: 'API' },
  { href: '/console/settings/widget', name: 'Widget' },
] as const
export type SettingsPage = (typeof settingsPages)[number]['href']

type Props = {
  /** The tab we are under. */
  here: SettingsPage
  /** What lies below that tab, e.g. one webhook endpoint; the last one is here. */
  below?: { name: ReactNode; href?: string }[]
  acts?: ReactNode
  children: ReactNode
}

/** A page of Settings: the bar, the tabs, the page. A new page is a line in the list above. */
export function SettingsFrame({ here, below = [], acts, children }: Props) {
  const name = settingsPages.find(({ href }) => href === here)?.name
  const isFirst = here === settingsPages[0].href
  const crumbs = [
    { name: 'Settings', ...(isFirst ? {} : { href: settingsPages[0].href }) },
    ...(isFirst ? [] : [{ name, ...(below.length === 0 ? {} : { href: here }) }]),
    ...below,
  ]
  return (
    <PageFrame crumbs={crumbs} acts={acts}>
      <FilterTabs name="Settings" tabs={settingsPages.map((page) => ({ ...page, here: page.href === here }))} />
      {children}
    </PageFrame>
  )
}
