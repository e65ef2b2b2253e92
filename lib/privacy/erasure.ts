/** Why somebody cannot be erased just now. Each ends by itself, or by an act that is named to whoever asks. */
export type ErasureHold = 'mail-on-its-way' | 'payment-under-way' | 'payment-set' | 'autopay-on'

/** What an owner reads before they erase somebody: whom it is about, and what comes of it. */
export type ErasureOutlook = {
  contactId: string
  name: string
  /** None for somebody who was entered without one. */
  email?: string
  client: { id: string; name: string }
  /** When they asked themselves; none when nobody has through the portal. */
  askedAt?: Date
  isBilling: boolean
  /** They are the only one left who may let others in. */
  isLastOwner: boolean
  /** The PSA that still has them: its name there is untouched by us. */
  psa?: string
  /** Authorizations they gave, which stay as proof, with their name. */
  mandates: number
  /** Other clients of the same MSP at which the address is known: those stay. */
  elsewhere: string[]
  hold?: ErasureHold
}

/** Somebody who asked to be erased, and waits for it. */
export type ErasureRequest = { contactId: string; name: string; client: { id: string; name: string }; askedAt: Date }
