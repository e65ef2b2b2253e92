import { expect, test } from 'vitest'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { addWidgetOrigin } from './add-widget-origin'
import { removeWidgetOrigin } from './remove-widget-origin'
import { listWidgetOrigins } from './widget-origins'

const { tenantId, staffId } = await makeMsp('larkfield')
const other = await makeMsp('boreal')
const owner = { kind: 'staff', tenantId, staffId, role: 'owner' } as const
const listed = async (of = tenantId) => (await withTenant(of, listWidgetOrigins)).map(({ origin }) => origin)

test('a site is put on the list once, taken off, and put on again; each is written down', async () => {
  expect(await addWidgetOrigin(owner, 'www.larkfieldit.example')).toEqual({
    ok: true,
    origin: 'https://www.larkfieldit.example',
  })
  expect(await addWidgetOrigin(owner, 'https://WWW.larkfieldit.example/')).toEqual({ ok: false, because: 'already' })
  const [only] = await withTenant(tenantId, listWidgetOrigins)
  expect(await removeWidgetOrigin({ ...owner, role: 'viewer' }, only?.id ?? '')).toBe(false)
  expect(await removeWidgetOrigin({ ...owner, tenantId: other.tenantId }, only?.id ?? '')).toBe(false)
  expect(await listed()).toEqual(['https://www.larkfieldit.example'])
  expect(await removeWidgetOrigin(owner, only?.id ?? '')).toBe(true)
  expect(await removeWidgetOrigin(owner, only?.id ?? '')).toBe(false)
  expect(await listed()).toEqual([])
  expect(await addWidgetOrigin(owner, 'www.larkfieldit.example')).toMatchObject({ ok: true })
  const audited = await acrossTenants((tx) =>
    tx.rows<{ action: string }>(
      sql`select action from audit_entries where subject_kind = 'widget_origin' order by at, id`,
    ),
  )
  expect(audited.map(({ action }) => action)).toEqual([
    'widget.origin_added',
    'widget.origin_removed',
    'widget.origin_added',
  ])
})

test('the list is the MSP’s own, is changed by who may, and is not endless', async () => {
  expect(await listed(other.tenantId)).toEqual([])
  expect(await addWidgetOrigin({ ...owner, role: 'viewer' }, 'a.example')).toEqual({
    ok: false,
    because: 'not-allowed',
  })
  expect(await addWidgetOrigin(owner, '*')).toEqual({ ok: false, because: 'wildcard' })
  for (let at = (await listed()).length; at < 20; at += 1)
    expect(await addWidgetOrigin(owner, `site${at}.example`)).toMatchObject({ ok: true })
  expect(await addWidgetOrigin(owner, 'onemore.example')).toEqual({ ok: false, because: 'too-many' })
})
