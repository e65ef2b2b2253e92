/** Where a logo is served; the hash stands in the address, so that what is there never changes. */
export function logoPath(slug: string, { hash }: { hash: string }, height: 56 | 64 | 112): string {
  return `/m/${slug}/logo/${hash}-${height}.png`
}
