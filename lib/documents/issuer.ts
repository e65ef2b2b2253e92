import { deriveColors } from '@/lib/tenancy/brand-colors'
import type { Tenant } from '@/lib/tenancy/tenant'

/** Who a document comes from. */
export type Issuer = Pick<Tenant, 'name' | 'legalName' | 'brand' | 'timeZone'> & {
  /** The logo as PNG, drawn for print. */
  logoPng?: Buffer
}

export type Letterhead = {
  name: string
  /** Drawn where there is no logo. */
  initials: string
  color: string
  logo?: { png: Buffer; width: number; height: number; showsName: boolean }
  lines: string[]
}

export function letterheadOf({ name, brand, logoPng }: Issuer): Letterhead {
  const [street = '', ...town] = brand.postalAddress.split(',')
  const lines = [street, town.join(',').trim(), brand.supportPhone].filter((line) => line !== '')
  const { logo } = brand
  return {
    ...{ name, lines, initials: brand.initials || name.slice(0, 1), color: deriveColors(brand).light['brand-text'] },
    ...(logo === null || logoPng === undefined ? {} : { logo: { ...logo, png: logoPng } }),
  }
}

/** The legal name and where to ask, for the foot of a page. */
export function footOf({ legalName, brand }: Issuer, questions: (contact: string) => string): string[] {
  return brand.supportEmail === '' ? [legalName] : [legalName, questions(brand.supportEmail)]
}
