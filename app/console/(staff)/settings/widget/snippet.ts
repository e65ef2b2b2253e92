export type SnippetChoice = {
  /** Who pays: a visitor with an invoice before them, or a client your own site knows. */
  payer: 'visitor' | 'client'
  place: 'page' | 'dialog'
  locale: '' | 'en-US' | 'fr-CA'
  theme: '' | 'light' | 'dark'
}

type Attributes = Record<string, string>

/** The attributes of the element, in the order they are written. */
function attributesOf(msp: string, { payer, place, locale, theme }: SnippetChoice): Attributes {
  return {
    msp,
    ...(payer === 'client' ? { session: '{{ session }}' } : {}),
    ...(place === 'dialog' ? { mode: 'dialog' } : {}),
    ...(locale === '' ? {} : { locale }),
    ...(theme === '' ? {} : { theme }),
  }
}

/** What to put into a page: the script once, the element where it is to appear, its place reserved. */
export function snippet(web: string, msp: string, choice: SnippetChoice): string {
  const attributes = Object.entries(attributesOf(msp, choice))
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
  const space = choice.place === 'dialog' ? '' : ' style="display:block;min-height:480px"'
  const link = choice.locale === 'fr-CA' ? 'Payer votre facture' : 'Pay your bill'
  return [
    `<script src="${web}/embed/v1.js" async></script>`,
    `<closeloop-checkout${attributes}${space}>`,
    `  <a href="${web}/embed/${msp}">${link}</a>`,
    '</closeloop-checkout>',
  ].join('\n')
}
