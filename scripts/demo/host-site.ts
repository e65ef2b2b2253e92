import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { addWidgetOrigin } from '@/lib/access/add-widget-origin'
import { createCheckoutSession } from '@/lib/access/checkout-session'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { Staff } from './connect-msp.ts'
import { hostElement, hostPage } from './host-page.ts'
import { larkfield } from './larkfield.ts'

export type HostSite = { url: string; close: () => Promise<void> }

/**
 * Larkfield IT's own web site: another origin, on a port of its own. It embeds the widget, and is put on the list of who
 * may by the function that the console's form calls. Its account page is for whoever is signed in there; for them its
 * server asks for a session.
 * @param port 0 for any
 */
export async function startHostSite(owner: Staff, web: string, port: number): Promise<HostSite> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    void pageAt(path, owner, web).then(
      (html) => {
        response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
        response.end(html ?? 'Not found')
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const added = await addWidgetOrigin(owner, url)
  if (!added.ok && added.because !== 'already') throw new Error(`${url} may not frame the widget: ${added.because}`)
  return {
    url,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function pageAt(path: string, owner: Staff, web: string): Promise<string | undefined> {
  const { slug } = larkfield
  const help = 'Something on an invoice does not look right? Ask before you pay, and we answer within one business day.'
  switch (path) {
    case '/':
      return hostPage({
        title: 'Pay your Larkfield bill',
        text: ['Take the invoice you want to pay. There is no account to make.', help],
        element: hostElement(web, slug),
        web,
      })
    case '/account':
      return hostPage({
        title: 'Your account',
        text: ['Choose the invoices you want to pay.', help],
        element: hostElement(web, slug, { session: await sessionOfSignedIn(owner) }),
        web,
      })
    case '/support':
      return hostPage({
        title: 'Support',
        text: ['Call us every day from 7 AM to 9 PM.', 'Or, if it is about a bill:'],
        element: hostElement(web, slug, { mode: 'dialog' }),
        web,
      })
    default:
      return undefined
  }
}

/** The demo's visitor is signed in at Larkfield as the client with the most invoices to choose from, up to five. */
async function sessionOfSignedIn({ tenantId, staffId }: Staff): Promise<string> {
  return withTenant(tenantId, async (tx) => {
    const client = await tx.row<{ clientId: string }>(sql`
      select client_id from invoices where tenant_id = ${tx.tenantId} and kind = 'invoice' and balance_minor > 0
      group by 1 having count(*) <= 5 order by count(*) desc, client_id limit 1`)
    if (client === undefined) throw new Error('Nobody has an open invoice')
    const made = await createCheckoutSession(
      tx,
      { scope: 'open', clientId: client.clientId },
      { kind: 'staff', id: staffId },
    )
    if (!made.ok) throw new Error(made.because)
    return made.token
  })
}
