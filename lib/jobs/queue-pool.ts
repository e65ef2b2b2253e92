import 'server-only'
import pg from 'pg'
import { env } from '@/lib/base/env'
import { log } from '@/lib/base/log'

/** What PostgreSQL says while it starts: the queue tries again for as long as it takes. */
const cannotConnectNow = '57P03'
const lost = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOTFOUND', '57P01', '57P02', '08000', '08003', '08006'])

/**
 * The queue's own connections. A server that restarts cuts them off; told as it is, the queue would take that for the end
 * and leave the jobs it holds behind, so a lost connection is told in the code that it tries again on.
 */
export function queuePool(size: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: size, application_name: 'closeloop-queue' })
  pool.on('error', (error) => log.warn({ error }, 'database.connection_lost'))
  pool.on('connect', (client) => {
    client.on('error', () => {}) // whoever uses it hears of it by what it asked
    retell(client, 'query')
  })
  retell(pool, 'connect')
  return pool
}

function retell(of: object, name: 'query' | 'connect'): void {
  const ask: unknown = Reflect.get(of, name)
  if (typeof ask !== 'function') throw new Error(`there is no ${name}`)
  Reflect.set(of, name, (...asked: unknown[]) => {
    const answer: unknown = Reflect.apply(ask, of, asked)
    return answer instanceof Promise ? answer.catch(askAgain) : answer
  })
}

function askAgain(error: unknown): never {
  if (!(error instanceof Error)) throw error
  const { code } = error as { code?: string }
  const isLost = lost.has(code ?? '') || /connection terminated|not queryable/i.test(error.message)
  throw isLost ? Object.assign(new Error(error.message, { cause: error }), { code: cannotConnectNow }) : error
}
