/**
 * A vendor's record as text for a jsonb column. PostgreSQL refuses the character NUL and halves of surrogate pairs, and
 * one such letter in a ticket's notes must not stop a whole page: they become U+FFFD. It came as JSON and goes as JSON.
 */
export function sourceText(value: unknown): string {
  const text = JSON.stringify(value ?? null)
  // Only halves of pairs and control characters are written with their number, and hardly any record has one.
  return text.includes('\\u') ? text.replace(/\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, '\\ufffd') : text
}

/** The same for a text column. */
export function plainText(value: string): string {
  return value.toWellFormed().replaceAll('\u0000', '\ufffd')
}
