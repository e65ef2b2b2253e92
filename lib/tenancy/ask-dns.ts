import 'server-only'
import { Resolver } from 'node:dns/promises'
import { env } from '@/lib/base/env'
import type { DnsAnswers } from './custom-host'

const noRecord = new Set(['ENOTFOUND', 'ENODATA'])

/** Asks the name servers of DNS_SERVERS, or the system's, for what stands at a tenant's host. */
export async function askDns(host: string): Promise<DnsAnswers> {
  const [cname, txt] = await Promise.all([orNone(resolver().resolveCname(host)), askTxt(`_closeloop.${host}`)])
  return { cname, txt }
}

/** The TXT records of one name, each in one piece; undefined when nobody answers. */
export async function askTxt(name: string): Promise<string[] | undefined> {
  const found = await orNone(resolver().resolveTxt(name))
  return found?.map((parts) => parts.join(''))
}

function resolver(): Resolver {
  const made = new Resolver({ timeout: 3_000, tries: 2 })
  const { DNS_SERVERS } = env()
  if (DNS_SERVERS.length > 0) made.setServers(DNS_SERVERS)
  return made
}

/** “There is none” is an answer; that nobody answers is not. */
async function orNone<Found>(asked: Promise<Found[]>): Promise<Found[] | undefined> {
  try {
    return await asked
  } catch (error) {
    return error instanceof Error && 'code' in error && noRecord.has(String(error.code)) ? [] : undefined
  }
}
