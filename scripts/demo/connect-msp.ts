import type { Actor } from '@/lib/access/actor'
import { beginConnect, finishConnect } from '@/lib/accounting/connect-accounting'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { loadConnection } from '@/lib/connectors/connection'
import { beginOnboarding, finishOnboarding } from '@/lib/payments/connect-stripe'
import { connectPsa } from '@/lib/psa/connect-psa'
import { createTenant } from '@/lib/tenancy/across-tenants'
import type { SandboxServices } from '../../sandbox/services.ts'
import { stage } from '../progress.mjs'
import { larkfield } from './larkfield.ts'

export type Staff = Extract<Actor, { kind: 'staff' }>

export type ConnectedMsp = {
  owner: Staff
  /** Its account at Stripe. */
  account: string
}

/** Makes the demo MSP and connects its three systems: the console's own functions, and a person's presses over HTTP. */
export async function connectMsp({ connectwise, quickbooksOnline }: SandboxServices): Promise<ConnectedMsp> {
  const owner = await stage('Create Larkfield IT', createLarkfield)

  await stage('Connect Stripe', async () => {
    const { name, owner: person } = larkfield
    const { url } = expectOk(await beginOnboarding(owner, { name, email: person.email, country: 'US' }))
    await press(url, {})
    const { accountName, missing } = expectOk(await finishOnboarding(owner))
    if (missing.length > 0) throw new Error(`${accountName} at Stripe: ${missing.join(' ')}`)
  })

  await stage('Connect ConnectWise PSA', async () => {
    const { url: baseUrl, companyId, publicKey, privateKey } = connectwise
    expectOk(await connectPsa(owner, 'connectwise', { baseUrl, companyId, publicKey, privateKey }))
  })

  await stage('Connect QuickBooks Online', async () => {
    const consent = new URL((await beginConnect(owner)).url)
    const [redirect_uri, state] = ['redirect_uri', 'state'].map((name) => consent.searchParams.get(name) ?? '')
    const back = await press(`${quickbooksOnline.url}/_sandbox/authorize`, {
      redirect_uri: redirect_uri ?? '',
      state: state ?? '',
      decision: 'authorize',
    })
    expectOk(await finishConnect(owner, new URL(back).searchParams))
  })
  const connection = await withTenant(owner.tenantId, (tx) => loadConnection(tx, 'payments'))
  return { owner, account: connection?.account ?? '' }
}

async function createLarkfield(): Promise<Staff> {
  const { finance, ...tenant } = larkfield
  const settings = { sendNewInvoices: true, sendFrom: todayIn(larkfield.timeZone) }
  const { tenantId, staffId } = await createTenant({ ...tenant, settings })
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into staff (tenant_id, email, name, role)
      values (${tx.tenantId}, ${finance.email}, ${finance.name}, 'finance')`),
  )
  return { kind: 'staff', tenantId, staffId, role: 'owner' }
}

/** What the browser does when a person presses the button of a vendor's page. @returns where it is sent next */
async function press(url: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
  const location = response.headers.get('location')
  if (location === null) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return location
}

function expectOk<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(`It was refused: ${JSON.stringify(result)}`)
  return result as Extract<Result, { ok: true }>
}
