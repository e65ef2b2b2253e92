import { borealCatalog, type Catalog, larkfieldCatalog } from './catalog.ts'
import { borealClients, larkfieldClients, towns } from './names.ts'
import type { WorldMsp } from './world.ts'

/** Who the MSP is, and the ground its clients are drawn from. */
export type MspProfile = {
  msp: WorldMsp
  catalog: Catalog
  clients: typeof larkfieldClients
  cities: readonly string[]
  zip: string
  areaCode: string
  /** Tax rates its clients may have, in basis points. */
  taxRatesBps: readonly number[]
  invoicePrefix: string
  firstClientId: number
}

export const msps: Record<WorldMsp['key'], MspProfile> = {
  larkfield: {
    msp: {
      key: 'larkfield',
      name: 'Larkfield IT',
      legalName: 'Larkfield IT, Inc.',
      timeZone: 'America/New_York',
      currency: 'USD',
      street: '88 St. Paul Street',
      city: 'Rochester',
      state: 'NY',
      zip: '14604',
      country: 'United States',
      phone: '(585) 555-0142',
      email: 'billing@larkfield.example',
    },
    catalog: larkfieldCatalog,
    clients: larkfieldClients,
    cities: towns,
    zip: '146',
    areaCode: '(585) 555-',
    taxRatesBps: [800, 800, 800, 800, 875, 750, 0],
    invoicePrefix: '',
    firstClientId: 251,
  },
  boreal: {
    msp: {
      key: 'boreal',
      name: 'Boréal TI',
      legalName: 'Boréal TI inc.',
      timeZone: 'America/Toronto',
      currency: 'USD',
      street: '1055, rue Saint-Vallier Est',
      city: 'Québec',
      state: 'QC',
      zip: 'G1K 3R2',
      country: 'Canada',
      phone: '418 555-0137',
      email: 'facturation@boreal.example',
    },
    catalog: borealCatalog,
    clients: borealClients,
    cities: ['Québec', 'Lévis'],
    zip: 'G1K',
    areaCode: '418 555-',
    taxRatesBps: [1498],
    invoicePrefix: 'F-',
    firstClientId: 31,
  },
}
