import type { FrameFacts } from '@/components/embed/frame'

type Page = {
  facts: FrameFacts
  title: string
  nonce: string
  theme: 'light' | 'dark' | 'auto'
  /** The MSP's tokens. */
  css: string
  files: { script: string; style: string }
  /** The origin of Stripe.js, to be connected to ahead. */
  stripe: string
  /** Without scripts. */
  noScript: string
}

/** The frame's page. Its own script fills it; what is here holds the place. */
export function frameHtml({ facts, title, nonce, theme, css, files, stripe, noScript }: Page): string {
  const scheme = theme === 'auto' ? '' : `:root{color-scheme:${theme}}`
  const data = JSON.stringify(facts).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${facts.locale}"${theme === 'auto' ? '' : ` data-theme="${theme}"`}>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="preconnect" href="${escaped(stripe)}">
<link rel="stylesheet" href="${escaped(files.style)}">
<style nonce="${nonce}">${css}${scheme}body{background:none}</style>
<script type="application/json" id="facts">${data}</script>
<script type="module" nonce="${nonce}" src="${escaped(files.script)}"></script>
<body data-surface="client">
<div id="frame"><p class="loading">${escaped(facts.words.loading)}</p></div>
<noscript><p>${escaped(noScript)}</p></noscript>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter)
}
