import { brandOf } from './frame/card-number.js'

/** Test cards that are not credit, by their first eight digits. */
const fundings: Record<string, 'debit' | 'prepaid'> = {
  '40000566': 'debit',
  '52008282': 'debit',
  '51051051': 'prepaid',
}

/** What the network tells of a card from its first eight digits: brands and funding, null when it knows no such card. */
export function cardMetadata(bin: string): { brands: string[] | null; funding: string | null } {
  if (!/^\d{8}$/.test(bin)) return { brands: null, funding: null }
  const { brand } = brandOf(bin)
  return brand === 'unknown'
    ? { brands: ['unknown'], funding: 'unknown' }
    : { brands: [brand], funding: fundings[bin] ?? 'credit' }
}
