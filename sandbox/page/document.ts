import type { Answer } from '../kernel/service.ts'
import { type Html, html } from './html.ts'

/** A whole page in the sandbox's look. Nothing from outside may run or be loaded, but for the pictures in mails. */
export function documentOf(title: string, body: Html, status = 200): Answer {
  const page = html`<!doctype html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_assets/tokens.css">
<link rel="stylesheet" href="/_assets/icons.css">
<link rel="stylesheet" href="/_assets/page.css">
<script src="/_assets/page.js" defer></script>
</head>
${body}
</html>`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src * data:; connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
    body: page.markup,
  }
}
