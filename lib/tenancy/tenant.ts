import type { Brand } from './brand'
import type { Settings } from './settings'

/** One managed service provider. */
export type Tenant = {
  id: string
  slug: string
  name: string
  legalName: string
  timeZone: string
  locale: string
  currency: string
  brand: Brand
  settings: Settings
}
