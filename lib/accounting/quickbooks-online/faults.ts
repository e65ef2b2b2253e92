import { ConnectorFault, type Cure } from '@/lib/connectors/connector-fault'
import { Fault } from './wire'

const THROTTLED_MS = 60_000

/**
 * QuickBooks' own codes and what each asks of us. A code that is missing here is read by its HTTP status.
 * Source: Intuit's list of error codes; the actions are those of the platform's own guide.
 */
const cures: Record<string, Cure> = {
  '100': 'reconnect',
  '110': 'reconnect',
  '120': 'reconnect',
  // The user, the plan or the subscription does not allow it: nothing will go through until a person mends that.
  '5020': 'reconnect',
  '5030': 'reconnect',
  '6190': 'reconnect',
  '3001': 'retry',
  '003001': 'retry',
  '5010': 'retry',
  // One posting cannot go through as it is; a person decides.
  '610': 'skip',
  '2500': 'skip',
  '6000': 'skip',
  '6140': 'skip',
  '6200': 'skip',
  '6210': 'skip',
  '6220': 'skip',
  '6240': 'skip',
  '6430': 'skip',
  '6450': 'skip',
  '6480': 'skip',
  '6540': 'skip',
  // We said something QuickBooks does not understand.
  '500': 'stop',
  '2010': 'stop',
  '2020': 'stop',
  '2170': 'stop',
  '4000': 'stop',
  '4001': 'stop',
  '4002': 'stop',
}

/** An answer as far as a refusal can be read from it. */
export type Refusable = { status: number; text: string; headers: { get: (name: string) => string | null } }

/**
 * What is wrong with an answer, if anything. QuickBooks puts a `Fault` into the body, now and then with status 200, so
 * the body decides and the status only fills in.
 */
export function faultIn(answer: Refusable, isWrite: boolean): ConnectorFault | undefined {
  const told = toldIn(answer.text)
  const isGood = answer.status >= 200 && answer.status < 300
  if (told === undefined && isGood) return undefined
  const tid = answer.headers.get('intuit_tid')
  const code = told?.code ?? ''
  const words = told === undefined ? `answered ${answer.status}` : wordsOf(told)
  const cure = cures[code] ?? cureOfStatus(answer.status, isWrite)
  return new ConnectorFault(cure, `QuickBooks: ${words}`, {
    ...(code === '' ? {} : { code }),
    ...(cure === 'retry' && (answer.status === 429 || code.endsWith('3001')) ? { retryAfterMs: THROTTLED_MS } : {}),
    ...(tid === null ? {} : { cause: `intuit_tid ${tid}` }),
  })
}

/** 10000, 5xx and a server that gave up: a write may have happened all the same. */
function cureOfStatus(status: number, isWrite: boolean): Cure {
  if (status === 401 || status === 403) return 'reconnect'
  if (status === 429) return 'retry'
  if (status >= 500 || status === 408) return isWrite ? 'unknown' : 'retry'
  if (status >= 200 && status < 300) return isWrite ? 'unknown' : 'retry'
  return 'stop'
}

function toldIn(text: string): { code: string; message: string; detail: string } | undefined {
  if (!text.includes('"Fault"')) return undefined
  try {
    const read = Fault.safeParse(JSON.parse(text))
    const [first] = read.success ? read.data.Fault.Error : []
    return first && { code: first.code, message: first.Message, detail: first.Detail }
  } catch {
    return undefined // half a body; the status tells the rest
  }
}

function wordsOf({ message, detail }: { message: string; detail: string }): string {
  const said =
    detail === '' || detail === message ? message : detail.includes(message) ? detail : `${message}. ${detail}`
  return said.slice(0, 300)
}
