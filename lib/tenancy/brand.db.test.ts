import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { Brand } from './brand'
import { type DrawnLogo, drawLogo } from './draw-logo'
import { keepLogo, readLogo } from './keep-logo'
import { getTenant } from './queries'
import { getBrandDraft, publishBrand, saveBrandDraft } from './save-brand'

let [larkfield, boreal] = [] as unknown as [TestMsp, TestMsp]
let logo: DrawnLogo
beforeAll(async () => {
  larkfield = await makeMsp('larkfield')
  boreal = await makeMsp('boreal')
  const file = await sharp({ create: { width: 224, height: 224, channels: 4, background: '#5b2c83' } })
    .png()
    .toBuffer()
  const drawn = await drawLogo(file)
  if (typeof drawn === 'string') throw new Error(drawn)
  logo = drawn
})
const by = { kind: 'staff', id: 'renee' }
const tenantOf = ({ tenantId }: TestMsp) => withTenant(tenantId, getTenant)
const draftOf = ({ tenantId }: TestMsp) => withTenant(tenantId, getBrandDraft)

test('a draft is seen by staff alone until it is published; then it is what clients see, and written down', async () => {
  const before = await tenantOf(larkfield)
  const draft = { name: 'Larkfield', brand: Brand.parse({ color: '#1e9e7f', font: 'figtree' }) }
  await saveBrandDraft(larkfield.tenantId, draft)
  expect(await draftOf(larkfield)).toEqual(draft)
  expect(await tenantOf(larkfield)).toEqual(before)
  expect(await draftOf(boreal)).toBeUndefined()
  expect(await publishBrand(larkfield.tenantId, by, draft)).toEqual({ ok: true })
  expect(await tenantOf(larkfield)).toMatchObject(draft)
  expect(await draftOf(larkfield)).toBeUndefined()
  const trail = await withTenant(larkfield.tenantId, (tx) =>
    tx.rows(
      sql`select actor_id, detail -> 'after' ->> 'color' as color from audit_entries where tenant_id = ${tx.tenantId} and action = 'brand.published'`,
    ),
  )
  expect(trail).toEqual([{ actorId: 'renee', color: '#1e9e7f' }])
})

test('a set that does not pass is not published, whatever the page said', async () => {
  const before = await tenantOf(larkfield)
  const brand = Brand.parse({ color: '#0e5a4a', canvas: '#cccccc' })
  expect(await publishBrand(larkfield.tenantId, by, { name: 'Larkfield', brand })).toEqual({
    ok: false,
    because: 'contrast',
  })
  expect(await tenantOf(larkfield)).toEqual(before)
})

test('a discarded draft leaves what is published', async () => {
  const before = await tenantOf(larkfield)
  await saveBrandDraft(larkfield.tenantId, { name: 'Other', brand: Brand.parse({}) })
  await saveBrandDraft(larkfield.tenantId, undefined)
  expect(await draftOf(larkfield)).toBeUndefined()
  expect(await tenantOf(larkfield)).toEqual(before)
})

test('a logo belongs to the tenant that uploaded it: another cannot show it, nor wear it', async () => {
  const { hash } = logo.logo
  await withTenant(larkfield.tenantId, (tx) => keepLogo(tx, logo))
  await withTenant(larkfield.tenantId, (tx) => keepLogo(tx, logo))
  expect(await withTenant(larkfield.tenantId, (tx) => readLogo(tx, hash, 56))).toEqual(
    logo.images.find(({ height }) => height === 56)?.png,
  )
  expect(await withTenant(boreal.tenantId, (tx) => readLogo(tx, hash, 56))).toBeUndefined()
  const wearing = { name: 'Boréal', brand: Brand.parse({ logo: logo.logo }) }
  expect(await publishBrand(boreal.tenantId, by, wearing)).toEqual({ ok: false, because: 'logo' })
  expect(await publishBrand(larkfield.tenantId, by, wearing)).toEqual({ ok: true })
})
