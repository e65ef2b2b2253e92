import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { enterWithPasskey } from './enter-with-passkey'
import { addPasskey, factorsOf, removeFactor } from './factors'
import {
  beginPasskey,
  beginPasskeyProof,
  beginPasskeySignIn,
  keepPasskey,
  listPasskeys,
  removePasskey,
  type Site,
} from './passkeys'
import { prove } from './prove'
import type { ContactActor } from './require-contact'
import type { StaffActor } from './require-staff'
import { openSession, openSessionFor, readSession, readWaitingSession } from './session'

const msp = await makeMsp('larkfield')
const other = await makeMsp('boreal')
const site: Site = { id: 'pay.example', origin: 'https://pay.example', name: 'Closeloop' }
const where = { userAgent: '', address: '' }

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()

/** A device with one key (WebAuthn level 3, sections 6.1 and 6.5): it signs whatever it is told to, for any site. */
function newDevice() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
  const told = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const head = (rpId: string, flags: number, counter: number) => {
    const tail = Buffer.alloc(5)
    tail.writeUInt8(flags)
    tail.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(rpId), tail])
  }
  const common = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const }
  return {
    make(challenge: string, { origin, id: rpId }: Site = site) {
      const length = Buffer.from([0, id.length])
      const data = Buffer.concat([head(rpId, 0x45, 0), Buffer.alloc(16), length, id, cose])
      const object = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      const response = {
        clientDataJSON: told('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: object.toString('base64url'),
      }
      return { ...common, response, clientExtensionResults: {} }
    },
    sign(challenge: string, counter: number, { origin, id: rpId }: Site = site, flags = 0x05) {
      const [data, client] = [head(rpId, flags, counter), told('webauthn.get', challenge, origin)]
      const signature = createSign('sha256').update(data).update(sha256(client)).sign(privateKey)
      const response = {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      }
      return { ...common, response, clientExtensionResults: {} }
    },
  }
}

async function signIn(of = msp): Promise<StaffActor> {
  const { cookie, isWaiting } = await withTenant(of.tenantId, (tx) => openSessionFor(tx, 'staff', of.staffId))
  const actor = isWaiting ? await readWaitingSession(cookie) : await readSession('staff', cookie)
  if (actor?.kind !== 'staff') throw new Error('nobody signed in')
  return actor
}

async function asContact(): Promise<ContactActor> {
  const clientId = await msp.makeClient()
  const cookie = await withTenant(msp.tenantId, async (tx) => {
    const row = await tx.row<{ id: string }>(
      sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
    )
    return openSession(tx, 'contact', row?.id ?? '')
  })
  const actor = await readSession('contact', cookie)
  if (actor?.kind !== 'contact') throw new Error('nobody signed in')
  return actor
}

const renee = { name: 'Renee Okafor', email: 'renee@larkfield.example' }

test('a passkey is a second factor: made once for what we asked, then it opens a waiting session', async () => {
  const [actor, device] = [await signIn(), newDevice()]
  const { challenge } = await beginPasskey(actor, site, renee)
  const elsewhere = { ...site, origin: 'https://evil.example' }
  const made = { response: device.make(challenge), name: 'Laptop' }
  expect(await addPasskey(actor, site, { ...made, response: device.make('made-up') })).toMatchObject({ ok: false })
  const stolen = await beginPasskey(actor, site, renee)
  expect(await addPasskey(actor, site, { ...made, response: device.make(stolen.challenge, elsewhere) })).toMatchObject({
    ok: false,
  })
  expect(await addPasskey(await signIn(), site, made)).toMatchObject({ ok: false }) // in another session
  expect(await addPasskey(actor, site, made)).toMatchObject({ ok: true })
  expect(await addPasskey(actor, site, made)).toMatchObject({ ok: false })
  expect(await factorsOf(actor)).toMatchObject({ passkeys: 1, recoveryCodesLeft: 10 })

  const waiting = await signIn()
  const show = (response: ReturnType<typeof device.sign>) => prove(waiting, { kind: 'passkey', site, response })
  const ask = async () => (await beginPasskeyProof(waiting, site)).challenge
  expect(await show(device.sign('made-up', 1))).toEqual({ ok: false, because: 'wrong' })
  expect(await show(device.sign(await ask(), 1, elsewhere))).toEqual({ ok: false, because: 'wrong' })
  expect(await show(device.sign(await ask(), 1, { ...site, id: 'evil.example' }))).toMatchObject({ ok: false })
  expect(await show(device.sign(await ask(), 1, site, 0x01))).toMatchObject({ ok: false }) // nobody was recognised
  expect(await show(newDevice().sign(await ask(), 1))).toMatchObject({ ok: false })
  const signed = device.sign(await ask(), 2)
  expect(await show(signed)).toMatchObject({ ok: true })
  expect(await show(signed)).toEqual({ ok: false, because: 'wrong' }) // replayed
  // A counter that stands still was copied.
  expect(await show(device.sign(await ask(), 2))).toEqual({ ok: false, because: 'wrong' })
  const [kept] = await listPasskeys(actor)
  expect(kept).toMatchObject({ name: 'Laptop' })
  expect(await removeFactor(actor, { passkeyId: kept?.id ?? '' })).toEqual({ ok: true })
  expect((await signIn()).provedAt).toBeInstanceOf(Date) // nothing to wait for any more
})

test('a client comes in with a passkey, at their own MSP, until it is removed', async () => {
  const [actor, device] = [await asContact(), newDevice()]
  const { challenge, authenticatorSelection } = await beginPasskey(actor, site, {
    name: 'Dana',
    email: 'dana@x.example',
  })
  expect(authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
  const made = { response: device.make(challenge), name: 'Phone' }
  expect(await withTenant(msp.tenantId, (tx) => keepPasskey(tx, actor, site, made))).toBe(true)
  let counter = 0
  const enter = async (tenantId = msp.tenantId) => {
    const asked = await beginPasskeySignIn(tenantId, site)
    counter += 1
    return enterWithPasskey(tenantId, site, device.sign(asked.challenge, counter), where)
  }
  const cookie = (await enter()) ?? ''
  expect(await readSession('contact', cookie)).toMatchObject({ contactId: actor.contactId })
  expect(await readSession('staff', cookie)).toBeUndefined()
  expect(await enter(other.tenantId)).toBeUndefined()
  // One asked for to sign in is none for a session, and the reverse.
  const proof = await beginPasskeyProof(await signIn(), site)
  expect(await enterWithPasskey(msp.tenantId, site, device.sign(proof.challenge, 9), where)).toBeUndefined()
  const [kept] = await listPasskeys(actor)
  const stranger = await asContact()
  const remove = (by: ContactActor) => withTenant(msp.tenantId, (tx) => removePasskey(tx, by, kept?.id ?? ''))
  expect(await remove(stranger)).toBe(false)
  expect(await remove(actor)).toBe(true)
  expect(await enter()).toBeUndefined()
})
