'use client'

/**
 * A style the page brings along. Going on to another page inside the same document puts in a new one, which must carry
 * the nonce of the document that is open, not the one the next page was answered with.
 */
export function PageStyle({ css, nonce }: { css: string; nonce: string | undefined }) {
  const valid = typeof document === 'undefined' ? nonce : document.querySelector<HTMLElement>('script[nonce]')?.nonce
  return (
    <style nonce={valid} suppressHydrationWarning>
      {css}
    </style>
  )
}
