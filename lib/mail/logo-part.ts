import type { Logo } from '@/lib/tenancy/brand'

/** A logo travels with the mail, so that nothing is loaded from anywhere: the letter names it, the mail carries it. */
export function logoSource({ hash }: Pick<Logo, 'hash'>): string {
  return `cid:${hash}`
}

/** The hash of the logo a letter names; undefined when it shows initials. */
export function logoNamedIn(html: string): string | undefined {
  return /src="cid:([0-9a-f]{32})"/.exec(html)?.[1]
}
