import { addDays, dateOf, dayInMonth } from './calendar.ts'
import { line } from './catalog.ts'
import { makeInvoice } from './invoices.ts'
import type { Draft, DraftPayment } from './settle.ts'
import type { WorldAddition, WorldAgreement, WorldClient, WorldInvoice, WorldLine } from './world.ts'

/** Days since the newest invoice of Hadley & Moss; it is due in twelve. */
const hadleyIssuedDaysAgo = 18

/** The agreement of Hadley & Moss: three people joined between the last two invoices. */
export function hadleyAgreement(client: WorldClient, today: string): WorldAgreement {
  const startOn = dateOf(dayInMonth(today, 20, 1))
  const joinedOn = addDays(today, -23)
  const id = (n: number) => client.id * 200 + n
  const workstation = { product: 'MGD-WS', description: 'Managed workstation, full support', unit: 'device' } as const
  const office = { product: 'M365-BP', description: 'Microsoft 365 Business Premium', unit: 'seat' } as const
  const email = { product: 'EML-SEC', description: 'Email security', unit: 'seat' } as const
  const through = (
    what: Pick<WorldAddition, 'product' | 'description' | 'unit'>,
    n: number,
    unitPriceCents: number,
    taxable: boolean,
    before: number,
  ): WorldAddition[] => [
    { ...what, id: id(n), quantity: before, unitPriceCents, taxable, effectiveOn: startOn, cancelledOn: joinedOn },
    { ...what, id: id(n + 1), quantity: before + 3, unitPriceCents, taxable, effectiveOn: joinedOn },
  ]
  const steady = { unit: 'device', taxable: false, effectiveOn: startOn } as const
  return {
    id: client.id + 1000,
    clientId: client.id,
    name: 'Managed Care Complete',
    startOn,
    billingDay: Math.min(28, Number(addDays(today, -hadleyIssuedDaysAgo).slice(8))),
    baseCents: 0,
    additions: [
      ...through(workstation, 0, 7400, false, 35),
      ...through(office, 2, 2200, true, 38),
      { ...steady, id: id(4), product: 'MGD-SRV', description: 'Managed server', quantity: 3, unitPriceCents: 16500 },
      {
        ...steady,
        id: id(5),
        product: 'BKP-TB',
        description: 'Cloud backup, per TB',
        quantity: 4,
        unitPriceCents: 4800,
      },
      ...through(email, 6, 350, true, 38),
    ],
  }
}

/**
 * Turns the last two agreement invoices of Hadley & Moss into 20371 and 20418: the numbers, the dates, and the one-time
 * setup of the three workstations.
 */
export function tellHadley(client: WorldClient, invoices: WorldInvoice[], today: string): WorldInvoice[] {
  const monthly = invoices.filter(({ kind, on }) => kind === 'Agreement' && on <= addDays(today, -hadleyIssuedDaysAgo))
  const older = monthly.slice(0, -1)
  const newest = monthly.at(-1)
  if (newest === undefined) throw new Error('the story needs a history')
  const before = older.at(-1)
  if (before !== undefined) before.number = '20371'
  const setup = line('product', 'New workstation setup, one time', 3, 9500, false)
  const on = addDays(today, -hadleyIssuedDaysAgo)
  const told = makeInvoice(client, {
    ...newest,
    number: '20418',
    on,
    dueOn: addDays(on, 30),
    lines: [...newest.lines, setup],
  })
  return [...older, told]
}

type Chapter = {
  client: string
  number: string
  kind: WorldInvoice['kind']
  title: string
  issuedDaysAgo: number
  dueInDays: number
  lines: WorldLine[]
  payments?: (today: string) => DraftPayment[]
}

const chapters: Chapter[] = [
  {
    client: 'Hadley & Moss Architects',
    number: '20288',
    kind: 'Progress',
    title: 'Server replacement',
    issuedDaysAgo: 101,
    dueInDays: -71,
    lines: [
      line('product', 'Server, rack and licenses', 1, 337500, false),
      line('time', 'Server build', 12, 12500, false),
    ],
    payments: (today) =>
      [71, 41, 10].map((daysAgo, i) => ({
        on: addDays(today, -daysAgo),
        amountCents: 81250,
        method: 'check',
        reference: `Check ${5101 + i}`,
      })),
  },
  {
    client: 'Hadley & Moss Architects',
    number: '20397',
    kind: 'Progress',
    title: 'Conference room refresh',
    issuedDaysAgo: 38,
    dueInDays: -8,
    lines: [
      line('product', 'Display 75 in', 2, 64000, false),
      line('product', 'Video bar', 1, 72000, false),
      line('time', 'Room system installation', 4, 12500, false),
      line('product', 'Ceiling cabling, room 2', 1, 36000, false),
    ],
  },
  {
    client: 'Hadley & Moss Architects',
    number: '20402',
    kind: 'Standard',
    title: 'After-hours support',
    issuedDaysAgo: 32,
    dueInDays: -2,
    lines: [line('time', 'After-hours support', 4, 16000, false)],
  },
  {
    client: 'Hadley & Moss Architects',
    number: '20409',
    kind: 'Standard',
    title: 'Laptops and docks',
    issuedDaysAgo: 25,
    dueInDays: 5,
    lines: [line('product', 'Laptop 14 in', 1, 114900, true), line('product', 'USB-C dock', 1, 22711, true)],
  },
  {
    client: 'Hadley & Moss Architects',
    number: 'CM1107',
    kind: 'CreditMemo',
    title: 'Credit, missed maintenance window',
    issuedDaysAgo: 20,
    dueInDays: -20,
    lines: [line('product', 'Credit, missed maintenance window', 1, -12500, false)],
  },
  ...(
    [
      ['Fenwick Dental Group', '20388', 'Firewall replacement', 35, -5, 38675],
      ['Kestrel Freight', '20382', 'Dispatch server', 42, -12, 390450],
      ['Mercer Packaging', '20391', 'Network refresh', 36, -6, 985000],
      ['Tillman Bros', '20393', 'Remote support', 33, -3, 61200],
      ['Orchard Street Legal', '20400', 'Document system upgrade', 31, -1, 211800],
      ['Vantage Robotics', '20425', 'Lab network', 12, 18, 1124000],
      ['Cobble Hill Bakery', '20411', 'Point of sale terminals', 16, 14, 118600],
    ] as const
  ).map(
    ([client, number, title, issuedDaysAgo, dueInDays, cents]): Chapter => ({
      client,
      number,
      kind: 'Standard',
      title,
      issuedDaysAgo,
      dueInDays,
      lines: [line('product', title, 1, cents, false)],
    }),
  ),
]

/** Numbers the story needs; no other invoice gets one of them. */
export const storyNumbers = new Set(['20371', '20418', ...chapters.map(({ number }) => number)])

/** The invoices the pictures and the walk-through speak of. */
export function storyDrafts(client: WorldClient, today: string): Draft[] {
  return chapters
    .filter((chapter) => chapter.client === client.name)
    .map(({ number, kind, title, issuedDaysAgo, dueInDays, lines, payments }) => {
      const on = addDays(today, -issuedDaysAgo)
      const dueOn = addDays(today, dueInDays)
      return {
        invoice: makeInvoice(client, { number, kind, title, on, dueOn, lines }),
        payments: payments?.(today) ?? [],
      }
    })
}
