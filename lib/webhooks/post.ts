import 'server-only'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { call, type HttpAnswer } from '@/lib/connectors/http'

/** What came back from a receiver; `error` says why it did not count as received. */
export type Posted = { status?: number; answer: string; durationMs: number; error?: string }

const timeoutMs = 5_000
const sizeMax = 64 * 1024
const answerMax = 2_000

/** Posts JSON to a receiver, once, within five seconds, through the guard: no private address, no redirect. */
export async function post(url: string, body: string, headers: Record<string, string>): Promise<Posted> {
  const began = performance.now()
  const durationMs = () => Math.round(performance.now() - began)
  try {
    const sent = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Closeloop-Webhooks', ...headers }
    const answer = await call({ method: 'POST', url, headers: sent, body, timeoutMs, sizeMax }, () => undefined)
    const error = errorOf(answer)
    return {
      status: answer.status,
      answer: keepable(answer.text),
      durationMs: durationMs(),
      ...(error === undefined ? {} : { error }),
    }
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault
    return { answer: '', durationMs: durationMs(), error: fault.message.slice(0, 300) }
  }
}

function errorOf({ status }: HttpAnswer): string | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return `It answered ${status} and points elsewhere, which we do not follow`
  return `It answered ${status}`
}

/** The beginning, without the one character PostgreSQL has no place for. */
function keepable(text: string): string {
  return text.slice(0, answerMax).replaceAll('\0', '')
}
