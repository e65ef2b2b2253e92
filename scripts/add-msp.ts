// npm run msp:add: makes an MSP with its first owner, who then signs in and connects its systems in the console.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { closeDatabase } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { createTenant } from '@/lib/tenancy/across-tenants'

const usage = `npm run msp:add -- --slug larkfield --name "Larkfield IT" --owner renee@larkfield.example --owner-name "Renee Okafor"
    [--legal-name "Larkfield IT, Inc."] [--time-zone America/New_York] [--currency USD] [--locale en-US]`

const timeZone = z.string().refine((name) => Intl.supportedValuesOf('timeZone').includes(name), 'is not a time zone')
const Msp = z.object({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'takes lower-case letters, digits and dashes'),
  name: z.string().trim().min(1).max(80),
  'legal-name': z.string().trim().min(1).max(120).optional(),
  'time-zone': timeZone,
  currency: z.string().regex(/^[A-Z]{3}$/),
  locale: z.enum(['en-US', 'fr-CA']),
  owner: z.email(),
  'owner-name': z.string().trim().min(1).max(80),
})

const string = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    slug: string,
    name: string,
    'legal-name': string,
    'time-zone': { ...string, default: 'America/New_York' },
    currency: { ...string, default: 'USD' },
    locale: { ...string, default: 'en-US' },
    owner: string,
    'owner-name': string,
  },
})
const asked = Msp.safeParse(values)
if (!asked.success) {
  console.error(`${z.prettifyError(asked.error)}\n\n${usage}`)
  process.exit(1)
}
const { slug, name, currency, locale, owner } = asked.data
await createTenant({
  slug,
  name,
  legalName: asked.data['legal-name'] ?? name,
  timeZone: asked.data['time-zone'],
  locale,
  currency,
  brand: { senderName: name, initials: name.slice(0, 1).toUpperCase() },
  // Its first owner adds a second factor with the first sign-in.
  settings: { requireSecondFactor: true },
  owner: { email: owner, name: asked.data['owner-name'] },
})
console.log(
  `${name} is there. ${owner} signs in at ${env().PUBLIC_URL}/console; clients at ${env().PUBLIC_URL}/m/${slug}.`,
)
await closeDatabase()
