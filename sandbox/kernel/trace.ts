import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

export type TracedExchange = {
  system: string
  at: string
  fault: string | null
  request: { method: string; path: string; query: string; headers: Record<string, string>; body: string }
  response: { status: number; headers: Record<string, string>; body: string } | null
}

/** Appends an exchange to `$SANDBOX_TRACE/<system>.jsonl`; does nothing when that is not set. */
export function trace(exchange: TracedExchange): void {
  const folder = process.env.SANDBOX_TRACE
  if (folder === undefined || folder === '') return
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, `${exchange.system}.jsonl`), `${JSON.stringify(exchange)}\n`)
}
