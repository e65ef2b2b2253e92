/** What Stripe's own log says of one charge, as far as it moves money. */
export type ChargeTruth = {
  attemptId: string
  isTaken: boolean
  refunds: { id: string; amount: bigint; status: string }[]
  disputes: { id: string; amount: bigint; status: string }[]
}

type Invoice = { clientId: string; total: bigint; isVoid: boolean; paid: Map<string, bigint> }
type Payment = { clientId: string; shares: [invoiceId: string, amount: bigint][]; isTaken: boolean; credit: bigint }
/** Credit that pays an invoice, and the payment whose money it is. */
type Use = { clientId: string; invoiceId: string; source: string | undefined; left: bigint }
type Back = { payment: Payment; shares: [invoiceId: string, amount: bigint][]; credit: bigint; isUndone: boolean }

/**
 * The books once more, as simply as they can be said, to hold the product against. An invoice remembers who paid how
 * much towards it; it is settled as far as that reaches, and what is beyond its total, or stands on a void invoice, is
 * the client's credit. Nothing here knows of accounts, movements, states or databases. It hears of money when the
 * product is told of it, as often and in whatever order it is told.
 */
export class ReferenceBooks {
  readonly invoices = new Map<string, Invoice>()
  readonly payments = new Map<string, Payment>()
  private readonly uses: Use[] = []
  private readonly backs = new Map<string, Back | 'nothing'>()

  bill(id: string, clientId: string, total: bigint): void {
    this.invoices.set(id, { clientId, total, isVoid: false, paid: new Map() })
  }

  edit(id: string, total: bigint): void {
    this.invoice(id).total = total
    this.withdraw(this.invoice(id).clientId)
  }

  void(id: string, isVoid: boolean): void {
    this.invoice(id).isVoid = isVoid
    this.withdraw(this.invoice(id).clientId)
  }

  /** Money the PSA's people recorded by themselves; of nothing when they take it back. */
  record(id: string, row: string, amount: bigint): void {
    this.invoice(id).paid.set(row, amount)
    this.withdraw(this.invoice(id).clientId)
  }

  /** Somebody asked for money: nothing has moved. */
  order(attemptId: string, clientId: string, shares: Payment['shares'], kept = 0n): void {
    this.payments.set(attemptId, { clientId, shares: [...shares].sort(byId), isTaken: false, credit: kept })
  }

  /** Credit pays an invoice: what payments have left over first, the oldest first, then whatever else there is. */
  creditPays(invoiceId: string, amount: bigint): void {
    const { clientId } = this.invoice(invoiceId)
    let left = amount
    for (const [source, payment] of [...this.payments].sort(byId)) {
      if (payment.clientId !== clientId || !payment.isTaken) continue
      const used = sum(this.uses.filter((use) => use.source === source).map((use) => use.left))
      const part = lesser(left, greater(payment.credit - used, 0n))
      if (part > 0n) this.uses.push({ clientId, invoiceId, source, left: part })
      left -= part
    }
    if (left > 0n) this.uses.push({ clientId, invoiceId, source: undefined, left })
  }

  hearCharge({ attemptId, isTaken }: ChargeTruth): void {
    const payment = this.payments.get(attemptId)
    if (payment === undefined || payment.isTaken || !isTaken) return
    payment.isTaken = true
    this.apply(attemptId, payment, payment.shares)
  }

  /** A refund that failed after it was booked gives the payment back its place, as far as there is one. */
  hearRefunds({ attemptId, refunds }: ChargeTruth): void {
    for (const { id, amount, status } of refunds) {
      if (status !== 'failed') this.takeBack(id, attemptId, amount)
      else this.giveBack(id, attemptId)
    }
  }

  /** A dispute takes nothing off an invoice before it is lost; an inquiry never does. */
  hearDisputes({ attemptId, disputes }: ChargeTruth): void {
    for (const { id, amount, status } of disputes) if (status === 'lost') this.takeBack(id, attemptId, amount)
  }

  balanceOf(id: string): bigint {
    const { total, isVoid } = this.invoice(id)
    return isVoid ? 0n : greater(total - this.reach(id), 0n)
  }

  creditOf(clientId: string): bigint {
    const own = [...this.invoices].filter(([, invoice]) => invoice.clientId === clientId)
    const kept = [...this.payments.values()]
      .filter((payment) => payment.clientId === clientId && payment.isTaken)
      .map(({ credit }) => credit)
    return sum(own.map(([id]) => this.beyond(id))) + sum(kept) - sum(own.map(([id]) => this.used(id)))
  }

  /** What one payment still pays towards one invoice: what should stand in the PSA. */
  shareOf(attemptId: string, invoiceId: string): bigint {
    return this.invoice(invoiceId).paid.get(attemptId) ?? 0n
  }

  /** What an invoice cannot take at this moment stays with the payment, as credit. */
  private apply(attemptId: string, payment: Payment, shares: Payment['shares']): void {
    for (const [invoiceId, amount] of shares) {
      const { paid } = this.invoice(invoiceId)
      const onto = lesser(amount, this.balanceOf(invoiceId))
      paid.set(attemptId, (paid.get(attemptId) ?? 0n) + onto)
      payment.credit += amount - onto
    }
  }

  /**
   * The credit of a payment goes first, then its invoices, in the order of their ids. What the client got back twice,
   * from us and from the bank, is owed by the client.
   */
  private takeBack(id: string, attemptId: string, amount: bigint): void {
    const payment = this.payments.get(attemptId)
    if (payment === undefined || !payment.isTaken || this.backs.has(id)) return
    const credit = lesser(greater(payment.credit, 0n), amount)
    let left = amount - credit
    const shares = payment.shares.map(([invoiceId]): [string, bigint] => {
      const { paid } = this.invoice(invoiceId)
      const off = lesser(left, paid.get(attemptId) ?? 0n)
      paid.set(attemptId, (paid.get(attemptId) ?? 0n) - off)
      left -= off
      return [invoiceId, off]
    })
    payment.credit -= credit + left
    this.backs.set(id, { payment, shares, credit: credit + left, isUndone: false })
    this.withdraw(payment.clientId, attemptId)
  }

  private giveBack(id: string, attemptId: string): void {
    const back = this.backs.get(id)
    if (back === undefined) this.backs.set(id, 'nothing')
    if (back === undefined || back === 'nothing' || back.isUndone) return
    back.isUndone = true
    back.payment.credit += back.credit
    this.apply(attemptId, back.payment, back.shares)
  }

  /**
   * Credit that is no more there stops paying: first what the payment taken back had paid, then the latest. What lies
   * beyond an invoice's total is credit again already, and only stops counting as used.
   */
  private withdraw(clientId: string, from?: string): void {
    let missing = -this.creditOf(clientId)
    const latest = this.uses.filter((use) => use.clientId === clientId && use.left > 0n).reverse()
    const isFrom = ({ source }: Use) => from !== undefined && source === from
    for (const use of [...latest.filter(isFrom), ...latest.filter((one) => !isFrom(one))]) {
      if (missing <= 0n) return
      const beyond = lesser(use.left, this.beyond(use.invoiceId))
      use.left -= beyond
      const reopened = lesser(lesser(use.left, missing), this.reach(use.invoiceId) - this.beyond(use.invoiceId))
      use.left -= reopened
      missing -= reopened
    }
  }

  private used(id: string): bigint {
    return sum(this.uses.filter((use) => use.invoiceId === id).map((use) => use.left))
  }

  /** How far an invoice is paid, by money and credit; and what of that is beyond what it asks. */
  private reach(id: string): bigint {
    return sum(this.invoice(id).paid.values()) + this.used(id)
  }

  private beyond(id: string): bigint {
    const { total, isVoid } = this.invoice(id)
    return isVoid ? this.reach(id) : greater(this.reach(id) - total, 0n)
  }

  private invoice(id: string): Invoice {
    const found = this.invoices.get(id)
    if (found === undefined) throw new Error(`no invoice ${id}`)
    return found
  }
}

function byId([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}

function sum(amounts: Iterable<bigint>): bigint {
  return [...amounts].reduce((total, amount) => total + amount, 0n)
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
