import type { WayType } from './checkout'

/** Of the ways an MSP takes, those that money in a currency can go: a country's banks are debited in its own. */
export function waysIn(currency: string, ways: readonly WayType[]): WayType[] {
  const bank = currency === 'USD' ? 'us_bank_account' : currency === 'CAD' ? 'acss_debit' : undefined
  return ways.filter((way) => way === 'card' || way === bank)
}
