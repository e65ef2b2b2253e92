import type { PulledClient } from '@/lib/connectors/contract'

type Place = Pick<PulledClient['address'], 'region' | 'country'>

const quebec = new Set(['qc', 'quebec', 'pq', 'que'])
const canada = new Set(['', 'ca', 'can', 'canada'])

/**
 * The language a client is to be served in because of where it is; undefined where the MSP's own language will do.
 * Since June 2022 customers in Quebec must be served in French, companies as well as consumers. The reader may still
 * change to English on every page.
 */
export function languageAt({ region, country }: Place): 'fr-CA' | undefined {
  // "QC" alone will do; beside another country it is another place, such as Quezon City.
  return quebec.has(plain(region)) && canada.has(plain(country)) ? 'fr-CA' : undefined
}

/** As people write a province: accents, dots, capitals and blanks say nothing. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^a-z]/gi, '')
    .toLowerCase()
}
