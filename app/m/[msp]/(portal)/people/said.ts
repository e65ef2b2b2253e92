import type { PeopleAnswer } from '@/lib/access/people'

/** The word in the address that says what came of an act. */
export const said = 'said'

export type Said =
  | 'invited'
  | 'changed'
  | 'removed'
  | 'incomplete'
  | 'too-often'
  | Extract<PeopleAnswer, { ok: false }>['because']

const all: Record<Said, 'good' | 'warn'> = {
  invited: 'good',
  changed: 'good',
  removed: 'good',
  incomplete: 'warn',
  'too-often': 'warn',
  'not-owner': 'warn',
  already: 'warn',
  gone: 'warn',
  unknown: 'warn',
  'last-owner': 'warn',
}

/** What the address says came of it, and whether that is good news; nothing for a word somebody made up. */
export function saidIn(word: string | undefined): { what: Said; tone: 'good' | 'warn' } | undefined {
  const [what, tone] = Object.entries(all).find(([one]) => one === word) ?? []
  return isSaid(what) && tone !== undefined ? { what, tone } : undefined
}

function isSaid(word: string | undefined): word is Said {
  return word !== undefined && Object.hasOwn(all, word)
}
