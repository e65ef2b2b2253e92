import type { SimClock } from '../../kernel/clock.ts'
import { QuickbooksFault } from './fault.ts'
import { type Footprint, noFootprint } from './kinds/kind.ts'
import { kinds } from './kinds/kinds.ts'
import { Ledger, type LedgerLine } from './ledger.ts'
import { LinkTable, type Target } from './link-table.ts'
import type { Ref } from './schema/common.ts'
import type { accountTypes } from './schema/lists.ts'
import { type Content, type EntityName, entityNames, isTransaction } from './schema/schemas.ts'
import { type Change, type ChangeKind, contentOf, type Stored } from './stored.ts'

type AccountType = (typeof accountTypes)[number]
type Tables = { [E in EntityName]: Map<string, Stored<E>> }

/** Options of the company as a person sets them in QuickBooks. */
type CompanySettings = {
  /** Nothing dated on this day or before may be written any more. */
  bookCloseDate?: string
  /** A closing password is set: the refusal is 6210 instead of 6200. */
  closedWithPassword: boolean
  /** Off: QuickBooks numbers sales itself and forgets the number it was sent. */
  customTxnNumbers: boolean
  autoApplyCredit: boolean
  autoApplyPayments: boolean
  multicurrency: boolean
}

export type Company = { name: string; legalName: string; city: string; state: string; startedAt: Date }

/** One company's books: its records, what they add up to, and what points to what. */
export class Books {
  readonly realmId: string
  readonly ledger = new Ledger()
  /** What payments take from invoices, credit memos and journal entries. */
  readonly applications = new LinkTable()
  /** What deposits take from Undeposited Funds. */
  readonly deposits = new LinkTable()
  readonly settings: CompanySettings = {
    closedWithPassword: false,
    customTxnNumbers: true,
    autoApplyCredit: false,
    autoApplyPayments: false,
    multicurrency: false,
  }
  readonly company: Company
  private readonly clock: SimClock
  private readonly tables: Tables
  private readonly gone: Change[] = []
  private readonly lastIds = new Map<string, number>()
  private readonly keys = new Map<string, string>()
  private readonly jobs = new Map<string, Set<string>>()
  private readonly listeners: ((change: Change) => void)[] = []

  constructor(realmId: string, company: Company, clock: SimClock) {
    this.realmId = realmId
    this.company = company
    this.clock = clock
    this.tables = Object.fromEntries(entityNames.map((name) => [name, new Map()])) as unknown as Tables
  }

  now(): Date {
    return this.clock.now()
  }

  onChange(listener: (change: Change) => void): void {
    this.listeners.push(listener)
  }

  find<E extends EntityName>(entity: E, id: string): Stored<E> | undefined {
    return this.tables[entity].get(id)
  }

  contentOf<E extends EntityName>(entity: E, id: string): Content<E> | undefined {
    const found = this.find(entity, id)
    return found && contentOf(found)
  }

  /** All records of an entity, oldest first. */
  all<E extends EntityName>(entity: E): Stored<E>[] {
    return [...this.tables[entity].values()]
  }

  countOf(entity: EntityName): number {
    return this.tables[entity].size
  }

  /** Records deleted since, with the time. */
  deletedSince(entity: EntityName, atMs: number): Change[] {
    return this.gone.filter((change) => change.entity === entity && change.at >= atMs)
  }

  /** The record that holds a number (transactions) or a name (lists), if any. */
  idByKey(entity: EntityName, key: string): string | undefined {
    return this.keys.get(keyOf(entity, key))
  }

  jobsOf(customerId: string): string[] {
    return [...(this.jobs.get(customerId) ?? [])]
  }

  isSameCustomer(a: string, b: string): boolean {
    const top = (id: string): string => this.contentOf('Customer', id)?.ParentRef?.value ?? id
    return top(a) === top(b)
  }

  /** A reference with the name filled in; refused when there is nothing by that id or it has been made inactive. */
  refer(entity: 'Customer' | 'Account' | 'Item' | 'PaymentMethod', { value }: Ref, words: string): Ref {
    const found = this.contentOf(entity, value)
    if (found === undefined)
      throw new QuickbooksFault('2500', `Invalid Reference Id : ${words} element id ${value} not found`)
    const name = 'DisplayName' in found ? found.DisplayName : found.Name
    if (found.Active === false) throw new QuickbooksFault('610', `Object Not Found : ${name} has been made inactive`)
    return { value, name }
  }

  /** An account that money can lie on. */
  moneyAccount(ref: Ref, alsoTypes: AccountType[] = []): Ref {
    const named = this.refer('Account', ref, 'Accounts')
    const type = this.contentOf('Account', ref.value)?.AccountType
    const isFit = type === 'Bank' || type === 'Other Current Asset' || (type !== undefined && alsoTypes.includes(type))
    if (isFit) return named
    throw new QuickbooksFault('6430', `Invalid account type : ${named.name ?? ref.value} is of type ${type ?? 'none'}`)
  }

  insert<E extends EntityName>(
    entity: E,
    content: Content<E> | (() => Content<E>),
    id = this.nextId(entity),
  ): Stored<E> {
    const at = this.second()
    const stored: Stored<E> = { entity, id, syncToken: 0, createdAt: at, updatedAt: at, content }
    this.enter(stored)
    this.touchTargets(footprintOf(stored), id)
    this.announce(stored, 'created')
    return stored
  }

  /** Puts in history: the record is dated as it was, nobody is told, and what it points to is not touched. */
  seed<E extends EntityName>(
    entity: E,
    content: Content<E> | (() => Content<E>),
    atMs: number,
    id = this.nextId(entity),
  ): string {
    this.enter({ entity, id, syncToken: 0, createdAt: atMs, updatedAt: atMs, content })
    return id
  }

  replace<E extends EntityName>(stored: Stored<E>, content: Content<E>, kind: ChangeKind = 'updated'): void {
    const before = footprintOf(stored)
    this.leave(stored)
    stored.content = content
    this.enter(stored)
    this.touchTargets(merged(before, footprintOf(stored)), stored.id)
    this.touch(stored)
    this.announce(stored, kind)
  }

  remove<E extends EntityName>(stored: Stored<E>): void {
    const before = footprintOf(stored)
    this.leave(stored)
    this.tables[stored.entity].delete(stored.id)
    this.gone.push({ entity: stored.entity, id: stored.id, kind: 'deleted', at: this.second() })
    this.touchTargets(before, stored.id)
    this.announce(stored, 'deleted')
  }

  private enter<E extends EntityName>(stored: Stored<E>): void {
    this.tables[stored.entity].set(stored.id, stored)
    const key = nameOf(contentOf(stored))
    if (key !== undefined) this.keys.set(keyOf(stored.entity, key), stored.id)
    const parent = parentOf(contentOf(stored))
    if (parent !== undefined) this.jobs.set(parent, (this.jobs.get(parent) ?? new Set()).add(stored.id))
    this.weigh(stored, 1)
  }

  private leave<E extends EntityName>(stored: Stored<E>): void {
    this.weigh(stored, -1)
    const key = nameOf(contentOf(stored))
    if (key !== undefined) this.keys.delete(keyOf(stored.entity, key))
    const parent = parentOf(contentOf(stored))
    if (parent !== undefined) this.jobs.get(parent)?.delete(stored.id)
  }

  private weigh<E extends EntityName>(stored: Stored<E>, sign: 1 | -1): void {
    const { ledger, applies, deposits } = footprintOf(stored)
    this.ledger.add(this.inAccounts(ledger, contentOf(stored)), sign)
    this.applications.add(stored.id, applies, sign)
    this.deposits.add(stored.id, deposits, sign)
  }

  /**
   * The amounts as the accounts keep them: an account in the transaction's currency as they are, any other at the
   * transaction's rate. What a customer owes stands in the customer's own.
   */
  private inAccounts(lines: LedgerLine[], content: Content<EntityName>): LedgerLine[] {
    const currency = 'CurrencyRef' in content ? content.CurrencyRef?.value : undefined
    const rate = 'ExchangeRate' in content ? content.ExchangeRate : undefined
    if (rate === undefined || rate === 1) return lines
    return lines.map((line) => {
      const isOwn = this.contentOf('Account', line.accountId)?.CurrencyRef?.value === currency
      return isOwn ? line : { ...line, cents: Math.round(line.cents * rate) }
    })
  }

  /** A payment changes the invoice it pays, a deposit the payment it takes: both get a new SyncToken and are announced. */
  private touchTargets({ applies, deposits }: Footprint, exceptId: string): void {
    for (const target of distinct([...applies, ...deposits].map((link) => link.target))) {
      const entity = entityNames.find((name) => name === target.type)
      const stored = entity && target.id !== exceptId ? this.find(entity, target.id) : undefined
      if (stored === undefined) continue
      this.touch(stored)
      this.announce(stored, 'updated')
    }
  }

  private touch(stored: Stored): void {
    stored.syncToken += 1
    stored.updatedAt = this.second()
  }

  private announce({ entity, id }: Stored, kind: ChangeKind): void {
    for (const listener of this.listeners) listener({ entity, id, kind, at: this.second() })
  }

  /** Transactions share one row of numbers, each list has its own. */
  private nextId(entity: EntityName): string {
    const row = isTransaction(entity) ? 'transactions' : entity
    const next = (this.lastIds.get(row) ?? 0) + 1
    this.lastIds.set(row, next)
    return isTransaction(entity) || this.find(entity, String(next)) === undefined ? String(next) : this.nextId(entity)
  }

  private second(): number {
    return Math.floor(this.now().getTime() / 1000) * 1000
  }
}

function footprintOf<E extends EntityName>(stored: Stored<E>): Footprint {
  return kinds[stored.entity].footprint?.(contentOf(stored)) ?? noFootprint
}

function merged(a: Footprint, b: Footprint): Footprint {
  return { ledger: [], applies: [...a.applies, ...b.applies], deposits: [...a.deposits, ...b.deposits] }
}

function distinct(targets: Target[]): Target[] {
  return [...new Map(targets.map((target) => [`${target.type}:${target.id}`, target])).values()]
}

function keyOf(entity: EntityName, key: string): string {
  return `${entity}:${isTransaction(entity) ? key : key.toLowerCase()}`
}

function nameOf(content: Content<EntityName>): string | undefined {
  if ('DisplayName' in content) return content.DisplayName
  if ('Name' in content) return content.Name
  return 'DocNumber' in content ? content.DocNumber : undefined
}

function parentOf(content: Content<EntityName>): string | undefined {
  return 'DisplayName' in content ? content.ParentRef?.value : undefined
}
