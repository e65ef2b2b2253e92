import { expect, test, vi } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { keyIdOf } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { readSecret, saveConnection } from './connection'
import { rotateSecrets } from './rotate-secrets'

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`

/** As a process does that starts with these settings. */
async function withKeys<Result>(keys: string, work: () => Promise<Result>): Promise<Result> {
  const settings = await import('@/lib/base/env')
  const spy = vi.spyOn(settings, 'env').mockReturnValue({ ...settings.env(), SECRET_KEYS: keys })
  try {
    return await work()
  } finally {
    spy.mockRestore()
  }
}
