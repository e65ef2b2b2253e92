import { createHash } from 'node:crypto'

/**
 * The six digits that the asking browser shows. They follow from the secret in its cookie, so that they can be shown
 * again without being kept, and to whoever asks: also for an address that nobody has.
 */
export function codeOf(browserToken: string): string {
  const digest = createHash('sha256').update(`sign-in code\n${browserToken}`).digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

/** `123 456`: three digits are read and typed at a time. */
export function readableCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}

/** What somebody typed, without what they put between the digits. */
export function typedCode(text: string): string {
  return text.replaceAll(/[\s.-]/g, '')
}
