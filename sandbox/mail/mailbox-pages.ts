import type { Answer } from '../kernel/service.ts'
import { documentOf } from '../page/document.ts'
import { escapeHtml, type Html, html, nothing } from '../page/html.ts'
import type { Mailbox, Message } from './mailbox.ts'

/** The list of all mail. The part that changes has an id, so that the script can renew it alone. */
export function listPage(mailbox: Mailbox, to: string, timeZone: string): Answer {
  const messages = mailbox.list(to)
  return documentOf(
    'Mailbox (sandbox)',
    html`<body data-live="/live">
<header class="simbar"><span class="brandmark"><i class="i i-mail" aria-hidden="true"></i><b>Mailbox</b></span>
<form class="bar-actions" method="get" action="/"><label class="sr" for="to">Mail to</label>
<input class="bar-input" id="to" name="to" type="search" placeholder="Mail to" value="${to}">
<button class="btn">Show</button></form></header>
<main class="narrow">
<h1 class="sr">Mail that was sent</h1>
<section class="card"><h2 class="sr">Messages</h2><div id="live-list">${listOf(messages, timeZone)}</div></section>
</main>
</body>`,
  )
}

export function listOf(messages: Message[], timeZone: string): Html {
  if (messages.length === 0) {
    return html`<p class="empty">No mail yet. Whatever is sent through the sandbox arrives here, whoever it is for.</p>`
  }
  const rows = messages.map(
    (
      message,
    ) => html`<li><a class="mail-row" href="/messages/${message.id}"><span class="m">${message.subject || 'No subject'}</span>
<span class="xs t3 num">${timeOf(message.at, timeZone)}</span><span class="xs t3">to ${message.to.join(', ')}</span></a></li>`,
  )
  return html`<ul class="mails">${rows}</ul>`
}

/** One message. Its HTML is shown in a frame where nothing runs; links open in a new window. */
export function messagePage(message: Message, timeZone: string): Answer {
  const headers = message.headers.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)
  const attachments = message.attachments.map(
    ({ filename, contentType, bytes }, at) =>
      html`<li><a href="/messages/${message.id}/attachments/${at}">${filename}</a> <span class="xs t3">${contentType}, ${bytes.length} bytes</span></li>`,
  )
  return documentOf(
    `${message.subject} (mailbox)`,
    html`<body>
<header class="simbar"><a class="brandmark" href="/"><i class="i i-arrow-left" aria-hidden="true"></i><b>Mailbox</b></a></header>
<main class="narrow">
<section class="card">
<div class="card-head"><h1 class="h1">${message.subject || 'No subject'}</h1><span class="xs t3">${timeOf(message.at, timeZone)}</span></div>
<p class="mail-facts">From <span class="m">${message.from}</span> to <span class="m">${message.to.join(', ')}</span></p>
${message.html === '' ? nothing : html`<iframe class="mail-frame" title="The message as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${framed(message)}"></iframe>`}
${attachments.length === 0 ? nothing : html`<ul class="mail-attachments">${attachments}</ul>`}
<details class="fold"${message.html === '' ? { markup: ' open' } : nothing}><summary>Text part</summary><pre class="mail-text" tabindex="0">${message.text || 'There is none.'}</pre></details>
<details class="fold"><summary>Headers</summary><div class="table-scroll" tabindex="0"><table class="table mail-headers"><tbody>${headers}</tbody></table></div></details>
<p class="mail-facts"><a href="/messages/${message.id}/raw">As it came</a></p>
</section></main>
</body>`,
  )
}

/** Pictures that came along are put in place; the rest of the message is left as it is. */
function framed(message: Message): string {
  let body = message.html
  for (const { contentId, contentType, bytes } of message.attachments) {
    if (contentId !== null)
      body = body.replaceAll(`cid:${contentId}`, `data:${contentType};base64,${bytes.toString('base64')}`)
  }
  return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src * data:; font-src * data:"><base target="_blank">${body}`
}

export function noMessagePage(id: string): Answer {
  const text = `There is no message ${escapeHtml(id)}. It may have been cleared away.`
  return documentOf(
    'No such message',
    html`<body><main class="narrow"><h1 class="h1">${text}</h1><p><a href="/">Mailbox</a></p></main></body>`,
    404,
  )
}

function timeOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(at))
}
