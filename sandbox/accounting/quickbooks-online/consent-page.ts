import type { Answer } from '../../kernel/service.ts'
import type { App, Oauth } from './oauth.ts'

const scope = 'com.intuit.quickbooks.accounting'

/** `GET /connect/oauth2`: asks the person whether the app may see the company. The form goes to `/_sandbox/authorize`. */
export function consentPage(app: App, companyName: string, params: URLSearchParams): Answer {
  const problem = problemWith(app, params)
  if (problem !== undefined) return page(400, `<h1>This connection cannot be made</h1><p>${escapeHtml(problem)}</p>`)
  const hidden = ['redirect_uri', 'state']
    .map((name) => `<input type="hidden" name="${name}" value="${escapeHtml(params.get(name) ?? '')}">`)
    .join('')
  return page(
    200,
    `<h1>Connect Closeloop to QuickBooks</h1>
    <p>Company: <b>${escapeHtml(companyName)}</b></p>
    <p>It will be able to read and write customers, invoices, payments, deposits and journal entries.</p>
    <form method="post" action="/_sandbox/authorize">${hidden}
      <button name="decision" value="authorize">Authorize</button>
      <button name="decision" value="cancel" class="second">Cancel</button>
    </form>`,
  )
}

/** `POST /_sandbox/authorize`: sends the browser back with code, state and company, or with the refusal. */
export function decide(oauth: Oauth, realmId: string, form: URLSearchParams): Answer {
  const target = form.get('redirect_uri') ?? ''
  if (!URL.canParse(target)) return page(400, '<h1>This connection cannot be made</h1><p>redirect_uri is missing.</p>')
  const location = new URL(target)
  const isAllowed = form.get('decision') !== 'cancel'
  const answer = isAllowed
    ? { code: oauth.issueCode(target, realmId), state: form.get('state') ?? '', realmId }
    : { error: 'access_denied', state: form.get('state') ?? '' }
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value)
  return { status: 302, headers: { location: location.href } }
}

function problemWith(app: App, params: URLSearchParams): string | undefined {
  if (params.get('client_id') !== app.clientId) return 'The client_id is not known.'
  if (params.get('response_type') !== 'code') return 'The response_type must be code.'
  if (!params.get('scope')?.split(' ').includes(scope)) return `The scope must contain ${scope}.`
  if (!URL.canParse(params.get('redirect_uri') ?? '')) return 'The redirect_uri is missing or not an address.'
  return params.get('state') ? undefined : 'The state is missing.'
}

function page(status: number, content: string): Answer {
  const style = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f5f6f8,#0b0e13);color:light-dark(#151a21,#eef1f4);font:15px/22px system-ui,sans-serif}
main{max-width:400px;margin:16px;padding:28px;border-radius:12px;background:light-dark(#fff,#12161c);border:1px solid light-dark(#e6e9ed,#232a34)}
h1{font-size:20px;line-height:28px;margin:0 0 12px}form{display:flex;gap:8px;margin-top:20px}
button{min-height:44px;padding:0 18px;border-radius:8px;border:1px solid transparent;font:inherit;font-weight:600;background:light-dark(#151a21,#eef1f4);color:light-dark(#fff,#0b0e13);cursor:pointer}
.second{background:none;border-color:light-dark(#7b8593,#6b7686);color:inherit}:focus-visible{outline:2px solid light-dark(#2f62e8,#7ea3ff);outline-offset:2px}`
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>QuickBooks Online (sandbox)</title><style>${style}</style></head><body><main>${content}</main></body></html>`,
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
