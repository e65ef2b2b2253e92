import { type Finding, readTags, type TxtAnswers, unanswered } from './records'

/**
 * Where a policy for the domain may stand: at itself, or at a domain above it, which then speaks for all below. A list
 * of public suffixes would say where to stop; without one, the last two labels are asked at most.
 */
export function policyNames(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => `_dmarc.${labels.slice(at).join('.')}`)
}

const isPolicy = (record: string) => /^v\s*=\s*DMARC1\s*(;|$)/i.test(record)

type Others = { domain: string; spf: Finding; dkim: Finding; hasOwnReturnPath: boolean }

/** What receivers are asked to do with mail of the domain that fails, and whether ours passes (RFC 7489). */
export function judgeDmarc({ domain, spf, dkim, hasOwnReturnPath }: Others, answers: TxtAnswers): Finding {
  const names = policyNames(domain)
  if (answers[names[0] ?? ''] === undefined || answers[names[0] ?? ''] === null) return unanswered
  const name = names.find((one) => answers[one]?.some(isPolicy) === true)
  const first = { name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' }
  if (name === undefined)
    return {
      state: 'bad',
      says: [
        'No DMARC record. Large mailbox providers want one from everybody who sends much.',
        'Begin with p=none: nothing is filtered because of it.',
      ],
      published: [],
      wanted: first,
    }
  const records = (answers[name] ?? []).filter(isPolicy)
  const published = records.map((value) => ({ name, value }))
  const [record, second] = records
  const tags = record === undefined ? undefined : readTags(record)
  if (record === undefined || second !== undefined)
    return {
      state: 'bad',
      says: [
        `${records.length} DMARC records at ${name}. Only one may stand there: with several, receivers read none.`,
      ],
      published,
    }
  const isAbove = name !== first.name
  const policy = ((isAbove ? tags?.get('sp') : undefined) ?? tags?.get('p') ?? '').toLowerCase()
  if (!['none', 'quarantine', 'reject'].includes(policy))
    return {
      state: 'bad',
      says: ['The record does not say what to do: p= must be none, quarantine or reject.'],
      published,
      wanted: { name, value: 'v=DMARC1; p=none' },
    }
  const passesBySpf = spf.state === 'good' && !hasOwnReturnPath
  const passes = passesBySpf || dkim.state === 'good'
  const says = [
    ...(isAbove ? [`The record of ${name.slice('_dmarc.'.length)} speaks for this domain.`] : []),
    `Mail that fails is ${{ none: 'delivered all the same', quarantine: 'put aside as spam', reject: 'refused' }[policy as 'none']}.`,
    ...alignment(passesBySpf, dkim.state === 'good', tags?.get('adkim')?.toLowerCase() === 's', domain),
  ]
  if (policy !== 'none') return { state: passes ? 'good' : 'bad', says, published }
  const tightened = isAbove ? undefined : record.replace(/(;\s*)p\s*=\s*none/i, '$1p=quarantine')
  return {
    state: 'warn',
    says: [
      ...says,
      'p=none asks receivers for nothing: others can write in your name. Ask for quarantine once SPF and DKIM are good here and for all else that sends for the domain.',
    ],
    published,
    ...(passes && tightened !== undefined ? { wanted: { name, value: tightened } } : {}),
  }
}

/** DMARC counts only a check that passes for the domain in the From line itself. */
function alignment(bySpf: boolean, byDkim: boolean, isStrict: boolean, domain: string): string[] {
  const strict = isStrict ? [`The signature must name ${domain} itself, nothing below or above it.`] : []
  if (bySpf && byDkim) return ['Ours passes by SPF and by a signature of this domain.', ...strict]
  if (bySpf) return ['Ours passes by SPF alone, which is lost when somebody forwards a mail. Sign it too.']
  if (byDkim) return ['Ours passes when it is signed for this domain.', ...strict]
  return ['Ours passes neither by SPF nor by DKIM as they stand.']
}
