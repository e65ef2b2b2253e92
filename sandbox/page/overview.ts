import type { Tone } from './words.ts'

/** One line of a column: what it is, how much, what is known of it, and what a person may do with it. */
export type Row = {
  id: string
  title: string
  right: string
  detail: string
  tone?: Tone
  /** Opens in the mailbox. */
  href?: string
  act?: Act
}

/** A button: the name of the action and what it is about. `hint` says it in full to who cannot see the row. */
type Act = { name: string; value: string; label: string; hint: string }

export type Column = {
  key: 'psa' | 'stripe' | 'books' | 'mail'
  title: string
  icon: string
  ports: string
  rows: Row[]
  empty: string
  total: { label: string; value: string }
}
