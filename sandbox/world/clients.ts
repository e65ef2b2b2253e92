import type { Random } from '../kernel/random.ts'
import type { MspProfile } from './msps.ts'
import { clientName, firstNames, lastNames, slug } from './names.ts'
import type { WorldClient, WorldContact } from './world.ts'

const titles = ['Office manager', 'Controller', 'Owner', 'Bookkeeper', 'Operations', 'Director']
const termsOffered = [
  { name: 'Net 30', dueDays: 30 },
  { name: 'Net 30', dueDays: 30 },
  { name: 'Net 30', dueDays: 30 },
  { name: 'Net 15', dueDays: 15 },
  { name: 'Net 45', dueDays: 45 },
  { name: 'Due on receipt', dueDays: 0 },
]

/** Client `index` (from 0), with the people who get its invoices. */
export function makeClient(profile: MspProfile, random: Random, index: number): WorldClient {
  const { name, domain = `${slug(name).toLowerCase()}.example`, city } = clientName(profile.clients, index)
  const id = profile.firstClientId + index
  const billingBy = (['client', 'client', 'contact', 'address'] as const)[index % 4] ?? 'client'
  const isHadley = domain === 'hadleymoss.example'
  const contacts = makeContacts(random, id, domain, billingBy)
  const [first] = contacts
  if (isHadley && first !== undefined) {
    Object.assign(first, { firstName: 'Dana', lastName: 'Whitfield', email: `dana@${domain}`, title: 'Office manager' })
  }
  return {
    id,
    identifier: `${slug(name).slice(0, 20)}${index < profile.clients.length ? '' : id}`,
    name,
    phone: `${profile.areaCode}${String(random.between(100, 9999)).padStart(4, '0')}`,
    address: {
      line1: `${random.between(2, 2400)} ${random.pick(lastNames)} ${random.pick(['Street', 'Avenue', 'Road', 'Way'])}`,
      city: city ?? random.pick(profile.cities),
      state: profile.msp.state,
      zip: profile.msp.country === 'Canada' ? `${profile.zip} 2B4` : `${profile.zip}${random.between(10, 26)}`,
    },
    terms: isHadley ? { name: 'Net 30', dueDays: 30 } : random.pick(termsOffered),
    contacts,
    billingContactId: contacts.find(({ isBilling }) => isBilling)?.id ?? contacts[0]?.id ?? 0,
    billingBy,
    ...(billingBy === 'address' ? { invoiceEmail: `${random.pick(['ap', 'billing', 'accounts'])}@${domain}` } : {}),
    ...(isHadley ? { invoiceCcEmail: `billing@${domain}` } : {}),
    ...(name === 'Mercer Packaging Warehouse' ? { billToClientId: profile.firstClientId + 1 } : {}),
    taxRateBps: isHadley ? 800 : random.pick(profile.taxRatesBps),
    habit: makeHabit(random, index),
  }
}

export function makeContacts(
  random: Random,
  clientId: number,
  domain: string,
  billingBy: WorldClient['billingBy'],
): WorldContact[] {
  const count = random.between(1, 4)
  const billing = billingBy === 'contact' ? count - 1 : 0
  return Array.from({ length: count }, (_, i) => {
    const firstName = random.pick(firstNames)
    const lastName = random.pick(lastNames)
    return {
      id: clientId * 10 + i,
      firstName,
      lastName,
      email: `${firstName}.${lastName}${i}@${domain}`.toLowerCase(),
      title: random.pick(titles),
      isBilling: i === billing,
    }
  })
}

/** Some pay early, most a little late, a few very late; every sixth pays ever later. */
export function makeHabit(random: Random, index: number): WorldClient['habit'] {
  const daysLate = [-6, 9, 26, 40, 64, 4, 32, 98][index % 8] ?? 0
  return {
    daysLate: daysLate + random.between(-4, 6),
    driftDaysPerMonth: index % 6 === 0 ? random.between(2, 4) : random.between(-1, 1) / 2,
  }
}
