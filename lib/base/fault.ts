/** What went wrong inside: thrown, logged, answered with the status it names. A refusal a person can mend is a value instead. */
export class Fault extends Error {
  readonly kind: FaultKind

  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fault'
    this.kind = kind
  }
}

/** `not-found` is also the answer to "not yours": the two must not be told apart. */
export type FaultKind = 'not-found' | 'forbidden' | 'invalid' | 'conflict' | 'busy' | 'broken'
