/** The host name a tenant's clients see in place of ours, as the console shows it. */
export type CustomHost = {
  host: string
  token: string
  state: 'pending' | 'verified' | 'lost'
  /** What the last check found amiss, in words. */
  problem: string
  checkedAt: Date | null
}

/** A record the tenant adds where its name is kept. */
export type DnsRecord = { type: 'CNAME' | 'TXT'; name: string; value: string }

/** What a name server answered: empty when there is no such record, undefined when it did not answer. */
export type DnsAnswers = { cname: readonly string[] | undefined; txt: readonly string[] | undefined }

/**
 * A typed name as it stands in a `Host` header, or why it cannot be one.
 * @param ours the name this installation is reached at itself
 */
export function readHost(typed: string, ours: string): { ok: true; host: string } | { ok: false; problem: string } {
  const text = typed.trim().toLowerCase().replace(/\.$/, '')
  if (/^[a-z]+:|[/@:?#*\s]/.test(text))
    return { ok: false, problem: 'Only the name, like pay.example.com: no https, no port, no path.' }
  const url = URL.parse(`https://${text}`)
  const host = url?.hostname ?? ''
  const labels = host.split('.')
  const isName = labels.length >= 2 && labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))
  if (!isName || host.length > 253) return { ok: false, problem: 'This is not a name like pay.example.com.' }
  if (/^[\d.]+$/.test(host))
    return { ok: false, problem: 'An address of digits cannot carry a certificate. Use a name.' }
  if (host === ours || host.endsWith(`.${ours}`))
    return { ok: false, problem: 'This name is ours. Use one of your own.' }
  return { ok: true, host }
}

/** The records that say that the name is the tenant's, and that it leads here. */
export function recordsOf({ host, token }: Pick<CustomHost, 'host' | 'token'>, ours: string): DnsRecord[] {
  return [
    { type: 'CNAME', name: host, value: ours },
    { type: 'TXT', name: `_closeloop.${host}`, value: `closeloop=${token}` },
  ]
}

export type HostDecision =
  | { is: 'proved' }
  /** The name server was not reached: nothing is known, nothing changes. */
  | { is: 'unknown'; problem: string }
  | { is: 'missing'; problem: string }

/** Whether the records that were found prove what `recordsOf` asks for. */
export function decideHost(custom: Pick<CustomHost, 'host' | 'token'>, ours: string, found: DnsAnswers): HostDecision {
  const unreached = 'The name server of this name does not answer. Try again in a few minutes.'
  if (found.txt === undefined || found.cname === undefined) return { is: 'unknown', problem: unreached }
  const [cname, txt] = recordsOf(custom, ours)
  if (txt === undefined || cname === undefined) return { is: 'unknown', problem: unreached }
  if (!found.txt.includes(txt.value))
    return {
      is: 'missing',
      problem:
        found.txt.length === 0
          ? `There is no TXT record at ${txt.name} yet. New records can take an hour to be seen everywhere.`
          : `The TXT record at ${txt.name} says something else: it must be ${txt.value}.`,
    }
  const [points] = found.cname.map((name) => name.toLowerCase().replace(/\.$/, ''))
  if (points === cname.value) return { is: 'proved' }
  return {
    is: 'missing',
    problem:
      points === undefined
        ? `There is no CNAME record at ${cname.name} yet.`
        : `The CNAME record at ${cname.name} leads to ${points}: it must lead to ${cname.value}.`,
  }
}
