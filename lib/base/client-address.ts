import { EventEmitter } from 'node:events'
import { type IncomingMessage, Server } from 'node:http'
import { isIPv6 } from 'node:net'

/** Where the web process keeps the address of who asks. Whatever arrives under this name is overwritten. */
const addressHeader = 'x-closeloop-address'

/**
 * The address of who asks.
 * @param forwarded the header `x-forwarded-for` as it arrived; anybody can write into its left end
 * @param socket the other end of the connection
 * @param hops how many proxies of ours stand in front, each of which adds to the right end whom it heard
 */
export function addressOf(forwarded: string | undefined, socket: string, hops: number): string {
  const heard = [...(forwarded ?? '').split(',').map((each) => each.trim()), socket].filter((each) => each !== '')
  return (heard[Math.max(heard.length - 1 - hops, 0)] ?? socket).replace(/^::ffff:(?=\d+\.)/i, '')
}

/** What limits count by: an IPv6 network of 64 bits is one asker, since whoever has one address of it has them all. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const behind = tail === undefined || tail === '' ? [] : tail.split(':')
  const full =
    tail === undefined ? groups : [...groups, ...Array(8 - groups.length - behind.length).fill('0'), ...behind]
  return `${full.slice(0, 4).map(short).join(':')}::/64`
}

function short(group: string): string {
  return Number.parseInt(group, 16).toString(16)
}

type HeadersLike = { get: (name: string) => string | null }

/** Whom a request came from, for the record; in a process that was not told, nobody. */
export function clientAddress(headers: HeadersLike): string {
  return headers.get(addressHeader) ?? ''
}

/** The same, as limits count. */
export function clientNetwork(headers: HeadersLike): string {
  return networkOf(clientAddress(headers))
}

/**
 * Stamps every request to this process with its sender's address, before anything of the framework reads it. Next keeps
 * an `x-forwarded-for` that the sender wrote, and hides the socket from pages and actions.
 */
export function stampAddresses(hops: number): void {
  const emit = function (this: Server, event: string | symbol, ...rest: unknown[]): boolean {
    if (event === 'request') stamp(rest[0] as IncomingMessage, hops)
    return EventEmitter.prototype.emit.call(this, event, ...rest)
  }
  Object.defineProperty(Server.prototype, 'emit', { configurable: true, writable: true, value: emit })
}

function stamp({ headers, socket }: IncomingMessage, hops: number): void {
  const forwarded = headers['x-forwarded-for']
  headers[addressHeader] = addressOf(
    Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    socket.remoteAddress ?? '',
    hops,
  )
}
