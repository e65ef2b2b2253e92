import { deriveColors } from '@/lib/tenancy/brand-colors'
import type { Tenant } from '@/lib/tenancy/tenant'

/** Who a document comes from. */
export type Issuer = Pick<Tenant, 'name' | 'legalName' | 'brand' | 'timeZone'>

export function letterheadOf({ name, brand }: Issuer): {
  name: string
  initials: string
  color: string
  lines: string[]
} {
  const [street = '', ...town] = brand.postalAddress.split(',')
  const lines = [street, town.join(',').trim(), brand.supportPhone].filter((line) => line !== '')
  return { name, initials: brand.initials || name.slice(0, 1), color: deriveColors(brand).light['brand-text'], lines }
}

/** The legal name and where to ask, for the foot of a page. */
export function footOf({ legalName, brand }: Issuer, questions: (contact: string) => string): string[] {
  return brand.supportEmail === '' ? [legalName] : [legalName, questions(brand.supportEmail)]
}
