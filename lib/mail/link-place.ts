import type { Rendered } from './letter'

/**
 * The secret of a pay link is nowhere at rest: a queued mail holds these places instead, and the link itself is made at
 * the moment the mail leaves.
 */
export const linkPlace = '{pay-link}'
export const linkUntilPlace = '{pay-link-until}'

type Body = Pick<Rendered, 'html' | 'text'>

export function hasLinkPlace({ text }: Body): boolean {
  return text.includes(linkPlace)
}

export function fillLinkPlaces({ html, text }: Body, link: { url: string; until: string }): Body {
  const fill = (body: string) => body.replaceAll(linkPlace, link.url).replaceAll(linkUntilPlace, link.until)
  return { html: fill(html), text: fill(text) }
}
