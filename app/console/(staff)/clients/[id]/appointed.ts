import type { AppointAnswer } from '@/lib/access/appoint-contact'

type Said = 'appointed' | Extract<AppointAnswer, { ok: false }>['because']

/** What came of giving somebody a role, by the word in the address. */
const news: Record<Said, { tone: 'good' | 'warn'; text: string }> = {
  appointed: { tone: 'good', text: 'The role is changed. They sign in anew, with their address.' },
  'last-owner': { tone: 'warn', text: 'This is the client’s last owner. Make somebody else one first.' },
  'no-address': {
    tone: 'warn',
    text: 'Without an email address nobody can sign in. Give them one in the PSA; it arrives with the next sync.',
  },
  gone: { tone: 'warn', text: 'They have left in the PSA. Make them active there first, or choose somebody else.' },
  'taken-out': {
    tone: 'warn',
    text: 'An owner of theirs took them out of the portal. That owner can invite them again.',
  },
  unknown: { tone: 'warn', text: 'Nobody was changed: they are not a contact of this client any more.' },
}

export function newsOf(word: string | undefined): { tone: 'good' | 'warn'; text: string } | undefined {
  return Object.entries(news).find(([one]) => one === word)?.[1]
}
