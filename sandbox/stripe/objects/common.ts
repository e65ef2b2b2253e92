/** Pieces that many of Stripe's objects share, as they stand on the wire. */
export type Metadata = Record<string, string>

export type Address = {
  city: string | null
  country: string | null
  line1: string | null
  line2: string | null
  postal_code: string | null
  state: string | null
}

export type BillingDetails = {
  address: Address
  email: string | null
  name: string | null
  phone: string | null
  tax_id: string | null
}

export type Shipping = { address: Address; name: string; phone: string | null }

/** What kinds of payment the sandbox can make. */
export type MethodType = 'card' | BankType

/** The kinds that debit a bank account: ACH in the US, pre-authorized debits in Canada. */
export type BankType = 'acss_debit' | 'us_bank_account'

export type AddressChange = { [K in keyof Address]?: string | null }

export function addressOf(change: AddressChange | null = {}): Address {
  return { city: null, country: null, line1: null, line2: null, postal_code: null, state: null, ...change }
}

/** Merges as Stripe does: what is not named stays, an empty value takes its key away, null takes all. */
export function mergeMetadata(held: Metadata, change: Metadata | null): Metadata {
  if (change === null) return {}
  const merged = { ...held, ...change }
  for (const [key, value] of Object.entries(change)) if (value === '') delete merged[key]
  return merged
}
