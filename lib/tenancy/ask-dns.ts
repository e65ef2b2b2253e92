import 'server-only'
import { Resolver } from 'node:dns/promises'
import { env } from '@/lib/base/env'
import type { DnsAnswers } from './custom-host'

const noRecord = new Set(['ENOTFOUND', 'ENODATA'])

/** Asks the name servers of DNS_SERVERS, or the system's, for what stands at a tenant's host. */
export async function askDns(host: string): Promise<DnsAnswers> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  const { DNS_SERVERS } = env()
  if (DNS_SERVERS.length > 0) resolver.setServers(DNS_SERVERS)
  const [cname, txt] = await Promise.all([
    orNone(resolver.resolveCname(host)),
    orNone(resolver.resolveTxt(`_closeloop.${host}`)),
  ])
  return { cname, txt: txt?.map((parts) => parts.join('')) }
}

/** “There is none” is an answer; that nobody answers is not. */
async function orNone<Found>(asked: Promise<Found[]>): Promise<Found[] | undefined> {
  try {
    return await asked
  } catch (error) {
    return error instanceof Error && 'code' in error && noRecord.has(String(error.code)) ? [] : undefined
  }
}
