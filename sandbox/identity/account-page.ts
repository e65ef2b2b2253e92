import type { Answer } from '../kernel/service.ts'
import type { Account, Issuer } from './issuer.ts'

/** `GET /authorize`: asks the person which account to sign in with. The form goes to `/_sandbox/choose`. */
export function accountPage(issuer: Issuer, accounts: readonly Account[], query: string): Answer {
  const wish = issuer.wishIn(new URLSearchParams(query))
  if (typeof wish === 'string') return page(400, `<h1>Sign-in is not possible</h1><p>${escapeHtml(wish)}</p>`)
  const choices = accounts.map(
    ({ subject, name, email }) =>
      `<button name="subject" value="${escapeHtml(subject)}">${escapeHtml(name)}<small>${escapeHtml(email)}</small></button>`,
  )
  return page(
    200,
    `<h1>Choose an account</h1>
    <p>to go on to Closeloop</p>
    <form method="post" action="/_sandbox/choose">
      <input type="hidden" name="query" value="${escapeHtml(query)}">
      ${choices.join('\n')}
      <button name="subject" value="" class="second">Cancel</button>
    </form>`,
  )
}

/** `POST /_sandbox/choose`: sends the browser back with a code, or with the refusal. */
export function choose(issuer: Issuer, accounts: readonly Account[], form: URLSearchParams): Answer {
  const wish = issuer.wishIn(new URLSearchParams(form.get('query') ?? ''))
  if (typeof wish === 'string') return page(400, `<h1>Sign-in is not possible</h1><p>${escapeHtml(wish)}</p>`)
  const account = accounts.find(({ subject }) => subject === form.get('subject'))
  const location = new URL(wish.redirectUri)
  const said = account === undefined ? { error: 'access_denied' } : { code: issuer.issueCode(wish, account) }
  for (const [name, value] of Object.entries({ ...said, state: wish.state, iss: issuer.url }))
    location.searchParams.set(name, value)
  return { status: 302, headers: { location: location.href } }
}

function page(status: number, content: string): Answer {
  const style = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f5f6f8,#0b0e13);color:light-dark(#151a21,#eef1f4);font:15px/22px system-ui,sans-serif}
main{width:min(360px,100% - 32px);padding:28px;border-radius:12px;background:light-dark(#fff,#12161c);border:1px solid light-dark(#e6e9ed,#232a34)}
h1{font-size:20px;line-height:28px;margin:0}p{margin:0 0 16px}form{display:grid;gap:8px}
button{min-height:48px;padding:6px 16px;border-radius:8px;border:1px solid light-dark(#7b8593,#6b7686);font:inherit;font-weight:600;text-align:start;background:none;color:inherit;cursor:pointer}
small{display:block;font-weight:400}.second{border-color:transparent;text-align:center}:focus-visible{outline:2px solid light-dark(#2f62e8,#7ea3ff);outline-offset:2px}`
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Directory (sandbox)</title><style>${style}</style></head><body><main>${content}</main></body></html>`,
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
