import { product } from './product.ts'

export type SecondMsp = { tenantId: string; staffId: string; contactId: string; invoiceId: string }

/** Boréal TI, another MSP on the same install, with a client that owes one invoice. Made once, in French. */
export async function secondMsp(): Promise<SecondMsp> {
  const { withTenant, sql, findTenantBySlug } = await product()
  const tenantId = (await findTenantBySlug('boreal')) ?? (await makeMsp())
  const made = await withTenant(tenantId, (tx) =>
    tx.row<Omit<SecondMsp, 'tenantId'>>(sql`
      select (select id from staff where tenant_id = ${tx.tenantId} limit 1) as staff_id,
        (select id from contacts where tenant_id = ${tx.tenantId} limit 1) as contact_id,
        (select id from invoices where tenant_id = ${tx.tenantId} limit 1) as invoice_id`),
  )
  if (made === undefined) throw new Error('Boréal was not made')
  return { tenantId, ...made }
}

async function makeMsp(): Promise<string> {
  const { createTenant, withTenant, sql, json, newId, record, now } = await product()
  const { tenantId } = await createTenant({
    slug: 'boreal',
    name: 'Boréal TI',
    legalName: 'Boréal TI inc.',
    timeZone: 'America/Toronto',
    locale: 'fr-CA',
    currency: 'USD',
    brand: {
      color: '#8a3324',
      canvas: '#faf7f4',
      radius: 4,
      initials: 'B',
      senderName: 'Boréal TI',
      supportEmail: 'facturation@boreal.example',
      supportPhone: '418 555-0137',
      postalAddress: '1055, rue Saint-Vallier Est, Québec (Québec) G1K 3R2',
      payByCheck: 'Faites votre chèque à l’ordre de Boréal TI inc.',
    },
    settings: {},
    owner: { email: 'luc@boreal.example', name: 'Luc Pelletier' },
  })
  const [clientId, invoiceId] = [newId(), newId()]
  const today = now().toISOString().slice(0, 10)
  const owed = { minor: 145_949n, currency: 'USD' }
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into clients (tenant_id, id, name, currency, locale, source_hash, source)
      values (${tenantId}, ${clientId}, 'Clinique dentaire Saint-Roch', 'USD', 'fr-CA', '', ${json({})})`)
    await tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${tenantId}, ${newId()}, ${clientId}, 'Maude Fortin', 'maude@dentairestroch.example', true, 'owner', '', ${json({})})`)
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${invoiceId}, ${clientId}, 'invoice', 'F-2041', 'open', 'Standard', 'Sent', ${today}, ${today}, 'USD', 0, ${owed.minor}, ${owed.minor}, 1, '')`)
    await tx.run(sql`
      insert into invoice_versions (tenant_id, invoice_id, version, total_minor, source_hash, source, seen_at)
      values (${tenantId}, ${invoiceId}, 1, ${owed.minor}, '', '{}', ${now()})`)
    await tx.run(sql`
      insert into invoice_lines (tenant_id, invoice_id, version, position, kind, heading, description, quantity, unit_price_minor, amount_minor, taxable)
      values (${tenantId}, ${invoiceId}, 1, 0, 'time', 'Temps', 'Soutien à distance', 1, ${owed.minor}, ${owed.minor}, false)`)
    await record(tx, [
      {
        cause: { kind: 'invoice.mirrored', id: invoiceId },
        happenedAt: now(),
        bookedOn: today,
        movements: [{ debit: 'receivable', credit: 'billed', amount: owed, clientId, invoiceId }],
      },
    ])
  })
  return tenantId
}
