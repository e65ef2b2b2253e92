import 'server-only'
import { createHash, createHmac } from 'node:crypto'
import { z } from 'zod'
import { isSame } from '@/lib/base/ids'
import type { ChangeHint, Psa } from '@/lib/connectors/contract'
import { callJson } from '@/lib/connectors/http'
import { type ConnectwiseSecret, isNotFound, isOwnHost, judge, openApi } from './api'
import { readRows, toHint } from './translate'
import { WireCallback } from './wire'

const types = ['invoice', 'agreement', 'company', 'contact']
const Said = z.looseObject({ Metadata: z.looseObject({ key_url: z.string() }) })
const Key = z.looseObject({ signing_key: z.string().min(1) })

/** Signing keys by the address they were fetched from: a key belongs to its address, so it is asked for once. */
const keys = new Map<string, string>()
const KEYS_MAX = 100

export const callbacks: NonNullable<Psa<ConnectwiseSecret>['webhooks']> = {
  register: async (secret, callbackUrl) => {
    const api = await openApi(secret)
    const { items } = readRows(await api.list('system/callbacks'), WireCallback, (wire) => wire)
    const registered = new Set(items.filter(({ url }) => url === callbackUrl).map(({ type }) => type.toLowerCase()))
    for (const type of types) {
      if (registered.has(type)) continue
      await api.post('system/callbacks', {
        url: callbackUrl,
        objectId: 1, // level "owner", object 1: all records of the type
        type,
        level: 'owner',
        description: 'Closeloop',
        isSelfSuppressedFlag: true, // what we write there is no news to us
      })
    }
  },

  unregister: async (secret, callbackUrl) => {
    const api = await openApi(secret)
    const { items } = readRows(await api.list('system/callbacks'), WireCallback, (wire) => wire)
    for (const { id, url } of items) {
      if (url !== callbackUrl) continue
      await api.remove(`system/callbacks/${id}`).catch((fault: unknown) => {
        if (!isNotFound(fault)) throw fault
      })
    }
  },

  verify: async (secret, { headers, body }) => {
    const signature = headers.get('x-content-signature')
    const keyUrl = Said.safeParse(parsed(body)).data?.Metadata.key_url
    // Whoever forges a callback would also choose the address of its key: only the tenant's own ConnectWise is asked.
    if (signature === null || keyUrl === undefined || !isOwnHost(secret, keyUrl)) return false
    const isGood = (key: string) => isSame(sign(key, body), signature)
    const known = keys.get(keyUrl)
    if (known !== undefined && isGood(known)) return true
    const key = await fetchKey(keyUrl) // unknown, or replaced meanwhile
    return key !== undefined && key !== known && isGood(key)
  },

  parse: (body): ChangeHint[] => toHint(z.looseObject({}).safeParse(parsed(body)).data ?? {}),
}

async function fetchKey(keyUrl: string): Promise<string | undefined> {
  const { value } = await callJson({ method: 'GET', url: keyUrl, timeoutMs: 5_000, sizeMax: 64 * 1024 }, judge)
  const key = Key.safeParse(value).data?.signing_key
  if (key === undefined) return undefined
  if (keys.size >= KEYS_MAX) keys.clear()
  keys.set(keyUrl, key)
  return key
}

/** Base64 of HMAC-SHA256 over the raw body; the key is the SHA-256 of the signing key. */
function sign(signingKey: string, body: string): string {
  return createHmac('sha256', createHash('sha256').update(signingKey).digest()).update(body).digest('base64')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
