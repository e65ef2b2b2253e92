import type { Random } from '../kernel/random.ts'
import { borealCatalog, type Catalog, larkfieldCatalog } from './catalog.ts'
import { makeContacts, makeHabit } from './clients.ts'
import { slug } from './names.ts'
import type { WorldClient, WorldTax } from './world.ts'

type Canadian = Pick<WorldClient, 'name' | 'phone'> & {
  domain: string
  address: Omit<WorldClient['address'], 'country'>
  taxes: readonly WorldTax[]
  catalog: Catalog
}

const gst: WorldTax = { name: 'GST', perMillion: 50_000 }
/** Both as the invoices of Quebec name them. */
const quebec: readonly WorldTax[] = [
  { ...gst, name: 'TPS' },
  { name: 'TVQ', perMillion: 99_750 },
]

/** The clients north of the lake: billed in Canadian dollars, with the taxes of their provinces. */
export const canadians: readonly Canadian[] = [
  {
    name: 'Ateliers Sainte-Claire inc.',
    domain: 'ateliersteclaire.example',
    phone: '418 555-0164',
    address: { line1: '412, rue Saint-Joseph Est', city: 'Québec', state: 'QC', zip: 'G1K 3B7' },
    taxes: quebec,
    catalog: borealCatalog,
  },
  {
    name: 'Clinique vétérinaire Laurier',
    domain: 'vetlaurier.example',
    phone: '514 555-0118',
    address: { line1: '1450, avenue Laurier Est', city: 'Montréal', state: 'QC', zip: 'H2J 1H8' },
    taxes: quebec,
    catalog: borealCatalog,
  },
  {
    name: 'Harbourfront Dental Centre',
    domain: 'harbourfrontdental.example',
    phone: '(416) 555-0173',
    address: { line1: '207 Queens Quay West', city: 'Toronto', state: 'ON', zip: 'M5J 1A7' },
    taxes: [{ name: 'HST', perMillion: 130_000 }],
    catalog: larkfieldCatalog,
  },
  {
    name: 'Pacific Crest Surveying',
    domain: 'pacificcrest.example',
    phone: '(604) 555-0129',
    address: { line1: '88 Water Street', city: 'Vancouver', state: 'BC', zip: 'V6B 1A4' },
    taxes: [gst, { name: 'PST', perMillion: 70_000 }],
    catalog: larkfieldCatalog,
  },
]

/** Canadian `index` (from 0), under the id it is given. */
export function makeCanadian(
  random: Random,
  { name, phone, domain, address, taxes }: Canadian,
  id: number,
): WorldClient {
  const contacts = makeContacts(random, id, domain, 'client')
  return {
    ...{ id, name, phone, contacts, taxes },
    identifier: slug(name).slice(0, 20),
    address: { ...address, country: 'Canada' },
    currency: 'CAD',
    terms: { name: 'Net 30', dueDays: 30 },
    billingContactId: contacts.find(({ isBilling }) => isBilling)?.id ?? id * 10,
    billingBy: 'client',
    taxRateBps: Math.round(taxes.reduce((sum, { perMillion }) => sum + perMillion, 0) / 100),
    habit: makeHabit(random, id),
  }
}
