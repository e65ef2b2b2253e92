/**
 * What a vendor's refusal asks of us, typed by the cure and not by the place:
 * - retry: nothing happened, try again (not before `notBefore`)
 * - reconnect: the credentials are no good, a person must connect again
 * - skip: this one item cannot go through, a person must decide; others go on
 * - stop: we sent something wrong, trying again is pointless; a defect
 * - unknown: a write may or may not have happened; look before anything else
 */
export type Cure = 'retry' | 'reconnect' | 'skip' | 'stop' | 'unknown'

export class ConnectorFault extends Error {
  readonly cure: Cure
  /** The vendor's own code, if it gave one. */
  readonly code: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(cure: Cure, message: string, details: { code?: string; retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: details.cause })
    this.name = 'ConnectorFault'
    this.cure = cure
    this.code = details.code
    this.retryAfterMs = details.retryAfterMs
  }
}
