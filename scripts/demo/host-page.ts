/** What the visitor gets to see of the widget on this page of the MSP's site. */
export type HostPage = {
  title: string
  text: string[]
  /** The element, as the MSP would write it. */
  element: string
  /** Where the widget's script comes from. */
  web: string
}

const fallbackHeight = 'display:block;min-height:480px'

/** The three ways to embed it, each with the code to copy. A session is made by the MSP's own server, for who is signed in. */
export function hostElement(
  web: string,
  msp: string,
  way: { mode?: 'dialog'; session?: string; invoice?: string } = {},
): string {
  const attributes = Object.entries({ msp, ...way })
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
  const style = way.mode === 'dialog' ? '' : ` style="${fallbackHeight}"`
  const link = `<a href="${web}/embed/${msp}">Pay your bill</a>`
  return `<closeloop-checkout${attributes}${style}>${link}</closeloop-checkout>`
}

/** A page of Larkfield IT's own site: another origin, another look, and one script of ours. */
export function hostPage({ title, text, element, web }: HostPage): string {
  const script = `<script src="${web}/embed/v1.js" async></script>`
  const shown = `${script}\n${element}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<!doctype html>
<html lang="en-US">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}, Larkfield IT</title>
<link rel="icon" href="data:,">
${script}
<style>
* { box-sizing: border-box; margin: 0; }
body { background: #fffdf8; color: #22302c; font: 18px/30px Georgia, "Times New Roman", serif; }
header, .strip, pre, nav, .faq { font-family: "Figtree", system-ui, sans-serif; font-size: 15px; line-height: 24px; }
header { display: flex; align-items: center; gap: 28px; max-width: 1160px; margin: auto; padding: 22px 32px; }
header b { font: 400 21px/28px Georgia, serif; margin-right: auto; }
a { color: #0e5a4a; }
header a { color: #3d4b46; text-decoration: none; }
header a[aria-current] { color: #0e5a4a; font-weight: 600; text-decoration: underline; }
main { display: grid; grid-template-columns: minmax(0, 1fr) 468px; gap: 80px; align-items: start; max-width: 1160px; margin: auto; padding: 48px 32px 72px; }
h1 { font: 400 52px/58px Georgia, serif; letter-spacing: -.02em; margin-bottom: 20px; }
main p { color: #47554f; max-width: 440px; }
main p + p { margin-top: 16px; }
details { margin-top: 40px; border-block: 1px solid #e2ddd0; max-width: 460px; padding: 16px 0; font: 15px/24px "Figtree", system-ui, sans-serif; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/20px ui-monospace, monospace; margin-top: 12px; }
closeloop-checkout[style]::part(frame) { border-radius: 14px; box-shadow: 0 24px 64px -16px #22302c33; }
closeloop-checkout:not([style]) > a { display: inline-block; padding: 14px 24px; border-radius: 10px; background: #0e5a4a; color: #fff; font: 600 16px/24px "Figtree", system-ui, sans-serif; text-decoration: none; }
.strip { background: #0e5a4a; color: #dff1ea; padding: 26px 32px; text-align: center; }
@media (max-width: 860px) { header { padding: 16px; gap: 16px; flex-wrap: wrap; } main { grid-template-columns: minmax(0, 1fr); gap: 28px; padding: 16px 16px 40px; } h1 { font-size: 34px; line-height: 40px; margin-bottom: 12px; } }
</style>
<header><b>Larkfield IT</b>
<a href="/"${at(title, 'Pay your Larkfield bill')}>Pay a bill</a>
<a href="/account"${at(title, 'Your account')}>Your account</a>
<a href="/support"${at(title, 'Support')}>Support</a>
</header>
<main><div><h1>${title}</h1>${text.map((line) => `<p>${line}</p>`).join('')}
<details><summary>The code of this page</summary><pre>${shown}</pre></details></div>
${element}
</main>
<p class="strip">Larkfield IT, 88 St. Paul Street, Rochester, NY 14604. Help desk (585) 555-0142, every day from 7 AM to 9 PM.</p>
`
}

function at(title: string, page: string): string {
  return title === page ? ' aria-current="page"' : ''
}
