import type { z } from 'zod'

/** A list's key in the address: opaque to people, checked when it comes back. A mangled one is the first page. */
export function readCursor<Shape extends z.ZodType>(
  shape: Shape,
  text: string | undefined,
): z.infer<Shape> | undefined {
  if (text === undefined) return undefined
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export function writeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}
