/** What a color may mean. Gray is the absence of news. */
export type Tone = 'gray' | 'good' | 'move' | 'warn' | 'bad' | 'talk'

/** The class that hands a tone's three colors to whatever stands inside. */
export const toneClass = {
  gray: 'is-gray',
  good: 'is-good',
  move: 'is-move',
  warn: 'is-warn',
  bad: 'is-bad',
  talk: 'is-talk',
} as const satisfies Record<Tone, string>
