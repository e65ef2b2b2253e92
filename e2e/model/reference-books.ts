/** What Stripe's own log says of one charge, as far as it moves money. */
export type ChargeTruth = {
  attemptId: string
  isTaken: boolean
  refunds: { id: string; amount: bigint; status: string }[]
  disputes: { id: string; amount: bigint; status: string }[]
}

type Invoice = { clientId: string; total: bigint; isVoid: boolean; paid: Map<string, bigint> }
type Payment = { clientId: string; shares: [invoiceId: string, amount: bigint][]; isTaken: boolean; credit: bigint }
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
  private readonly backs = new Map<string, Back | 'nothing'>()

  bill(id: string, clientId: string, total: bigint): void {
    this.invoices.set(id, { clientId, total, isVoid: false, paid: new Map() })
  }

  edit(id: string, total: bigint): void {
    this.invoice(id).total = total
  }

  void(id: string, isVoid: boolean): void {
    this.invoice(id).isVoid = isVoid
  }

  /** Money the PSA's people recorded by themselves; of nothing when they take it back. */
  record(id: string, row: string, amount: bigint): void {
    this.invoice(id).paid.set(row, amount)
  }

  /** Somebody asked for money: nothing has moved. */
  order(attemptId: string, clientId: string, shares: Payment['shares']): void {
    this.payments.set(attemptId, { clientId, shares: [...shares].sort(byId), isTaken: false, credit: 0n })
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
    const { total, isVoid, paid } = this.invoice(id)
    return isVoid ? 0n : greater(total - sum(paid.values()), 0n)
  }

  creditOf(clientId: string): bigint {
    const beyond = [...this.invoices.values()]
      .filter((invoice) => invoice.clientId === clientId)
      .map(({ total, isVoid, paid }) => (isVoid ? sum(paid.values()) : greater(sum(paid.values()) - total, 0n)))
    const kept = [...this.payments.values()]
      .filter((payment) => payment.clientId === clientId)
      .map(({ credit }) => credit)
    return sum(beyond) + sum(kept)
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
  }

  private giveBack(id: string, attemptId: string): void {
    const back = this.backs.get(id)
    if (back === undefined) this.backs.set(id, 'nothing')
    if (back === undefined || back === 'nothing' || back.isUndone) return
    back.isUndone = true
    back.payment.credit += back.credit
    this.apply(attemptId, back.payment, back.shares)
  }

  private invoice(id: string): Invoice {
    const found = this.invoices.get(id)
    if (found === undefined) throw new Error(`no invoice ${id}`)
    return found
  }
}

function byId([a]: [string, bigint], [b]: [string, bigint]): number {
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
