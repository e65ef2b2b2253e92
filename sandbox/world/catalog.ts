import type { WorldAddition, WorldLine } from './world.ts'

/** What an MSP sells. Prices in cents. */
export type Catalog = {
  language: 'en' | 'fr'
  recurring: Recurring[]
  agreementNames: readonly string[]
  servicesTitle: string
  tickets: readonly { title: string; work: string }[]
  projects: readonly { title: string; work: string; milestone: string }[]
  hardware: readonly { description: string; cents: number }[]
  expenses: readonly { description: string; cents: number }[]
  creditReasons: readonly string[]
  hourlyCents: readonly number[]
}

export type Recurring = Pick<WorldAddition, 'product' | 'description' | 'unit' | 'unitPriceCents' | 'taxable'> & {
  /** How many a client with `seats` people has, before its own taste; zero when it does not buy it. */
  quantity: (seats: number) => number
  /** Part of the clients that buy it. */
  share: number
}

const recurring = (
  product: string,
  description: string,
  unit: WorldAddition['unit'],
  unitPriceCents: number,
  taxable: boolean,
  share: number,
  quantity: Recurring['quantity'],
): Recurring => ({ product, description, unit, unitPriceCents, taxable, share, quantity })

export const larkfieldCatalog: Catalog = {
  language: 'en',
  servicesTitle: 'Managed services',
  recurring: [
    recurring('MGD-WS', 'Managed workstation, full support', 'device', 7400, false, 0.85, (s) => Math.ceil(s * 0.92)),
    recurring('M365-BP', 'Microsoft 365 Business Premium', 'seat', 2200, true, 0.8, (s) => s),
    recurring('MGD-SRV', 'Managed server', 'device', 16500, false, 0.55, (s) => Math.max(1, Math.round(s / 14))),
    recurring('BKP-TB', 'Cloud backup, per TB', 'device', 4800, false, 0.6, (s) => Math.max(1, Math.round(s / 10))),
    recurring('EML-SEC', 'Email security', 'seat', 350, true, 0.7, (s) => s),
    recurring('EDR', 'Endpoint detection and response', 'device', 650, true, 0.5, (s) => s + 2),
    recurring('FW-MGD', 'Managed firewall', 'device', 8500, false, 0.45, (s) => 1 + Math.floor(s / 60)),
    recurring('SAT', 'Security awareness training', 'seat', 275, false, 0.35, (s) => s),
    recurring('VOIP', 'Hosted phone seat', 'seat', 2395, true, 0.3, (s) => Math.ceil(s * 0.7)),
    recurring('WEB', 'Website and domain hosting', 'flat', 4000, false, 0.25, () => 1),
  ],
  agreementNames: ['Managed Care Complete', 'Managed Care Essentials', 'Co-managed IT', 'Cloud Care'],
  tickets: [
    { title: 'After-hours support', work: 'After-hours support' },
    { title: 'Remote support', work: 'Remote support, per quarter hour' },
    { title: 'On-site visit', work: 'On-site technician' },
    { title: 'Printer moves', work: 'Move and reconnect printers' },
    { title: 'New hire setup', work: 'Workstation and account setup' },
    { title: 'Departed staff, accounts closed', work: 'Close accounts, archive mailboxes' },
    { title: 'Wi-Fi survey', work: 'Wireless survey and tuning' },
    { title: 'Mailbox recovery', work: 'Restore mailbox items from backup' },
    { title: 'Line-of-business upgrade', work: 'Upgrade application, evening window' },
    { title: 'Phishing incident', work: 'Incident response' },
  ],
  projects: [
    { title: 'Server replacement', work: 'Server build and migration', milestone: 'Server replacement' },
    { title: 'Office move', work: 'Move network and workstations', milestone: 'Office move' },
    { title: 'Microsoft 365 migration', work: 'Tenant migration', milestone: 'Microsoft 365 migration' },
    { title: 'Network refresh', work: 'Switch and access point installation', milestone: 'Network refresh' },
    { title: 'Conference room refresh', work: 'Room system installation', milestone: 'Conference rooms' },
    { title: 'Structured cabling, second floor', work: 'Cabling and testing', milestone: 'Structured cabling' },
    { title: 'Security hardening', work: 'Baseline, policies and rollout', milestone: 'Security hardening' },
  ],
  hardware: [
    { description: 'Laptop 14 in, 32 GB', cents: 148900 },
    { description: 'Laptop 16 in, 16 GB', cents: 117900 },
    { description: 'USB-C dock', cents: 21450 },
    { description: 'Monitor 27 in', cents: 27999 },
    { description: 'Firewall appliance, small office', cents: 89500 },
    { description: 'Access point, Wi-Fi 7', cents: 42900 },
    { description: 'Switch, 24 port PoE', cents: 109900 },
    { description: 'Uninterruptible power supply, 1500 VA', cents: 38995 },
    { description: 'Security key', cents: 5500 },
    { description: 'Headset', cents: 14595 },
  ],
  expenses: [
    { description: 'Mileage, 64 miles', cents: 4288 },
    { description: 'Freight', cents: 3875 },
    { description: 'Parking', cents: 1800 },
    { description: 'Recycling fee, per device', cents: 2500 },
  ],
  creditReasons: ['Credit, missed maintenance window', 'Credit, license removed late', 'Credit, returned hardware'],
  hourlyCents: [9500, 12500, 14500, 16000, 18500],
}

export const borealCatalog: Catalog = {
  language: 'fr',
  servicesTitle: 'Services gérés',
  recurring: [
    recurring('POSTE', 'Poste de travail géré', 'device', 6800, false, 1, (s) => s),
    recurring('M365-BS', 'Microsoft 365 Business Standard', 'seat', 1710, true, 1, (s) => s),
    recurring('SAUV', 'Sauvegarde infonuagique, par To', 'device', 3900, true, 0.8, (s) =>
      Math.max(1, Math.round(s / 7)),
    ),
  ],
  agreementNames: ['Infogérance complète', 'Infogérance essentielle'],
  tickets: [
    { title: 'Soutien sur place', work: 'Technicien sur place' },
    { title: 'Soutien à distance', work: 'Soutien à distance' },
  ],
  projects: [
    { title: 'Remplacement du serveur', work: 'Montage et migration', milestone: 'Remplacement du serveur' },
    { title: 'Déménagement', work: 'Réseau et postes', milestone: 'Déménagement' },
  ],
  hardware: [
    { description: 'Portable 14 po', cents: 139900 },
    { description: 'Écran 27 po', cents: 28900 },
  ],
  expenses: [{ description: 'Déplacement', cents: 4500 }],
  creditReasons: ['Note de crédit, licence retirée'],
  hourlyCents: [11500, 13500],
}

/** A line whose amount is quantity × price, rounded once to the cent. */
export function line(
  kind: WorldLine['kind'],
  description: string,
  quantity: number,
  unitPriceCents: number,
  taxable: boolean,
): WorldLine {
  return { kind, description, quantity, unitPriceCents, amountCents: Math.round(quantity * unitPriceCents), taxable }
}
