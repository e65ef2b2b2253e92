import type { Answer } from '../../kernel/service.ts'
import { pacificTime } from './pacific-time.ts'

type FaultType = 'ValidationFault' | 'AuthenticationFault' | 'AuthorizationFault' | 'SystemFault'

const messages = {
  '100': 'AuthenticationFailed',
  '120': 'AuthorizationFailed',
  '500': 'Unsupported Operation',
  '610': 'Object Not Found',
  '2010': 'Request has invalid or unsupported property',
  '2020': 'Required param missing, need to supply the required value for the API',
  '2170': 'Invalid Enumeration',
  '2500': 'Invalid Reference Id',
  '3001': 'ThrottleExceeded',
  '4000': 'Error parsing query',
  '4001': 'Invalid query',
  '5010': 'Stale Object Error',
  '6000': 'A business validation error has occurred while processing your request',
  '6140': 'Duplicate Document Number Error',
  '6200': 'Account Period Closed',
  '6210': 'Account Period Closed, Cannot Update Through Services API',
  '6240': 'Duplicate Name Exists Error',
  '6430': 'Invalid account type',
  '6540': 'Deposited Transaction cannot be changed',
  '10000': 'An application error has occurred while processing your request',
} as const
type FaultCode = keyof typeof messages

/** A refusal in the vendor's own form. `element` names the property it is about, as the vendor does. */
export class QuickbooksFault extends Error {
  readonly code: FaultCode
  readonly element: string
  readonly status: number

  constructor(code: FaultCode, detail: string, element = '') {
    super(detail)
    this.code = code
    this.element = element
    this.status = statusOf(code)
  }
}

/** The `Fault` property as it stands in answers and inside batch items. */
export function faultBody({ code, message, element }: QuickbooksFault): object {
  return { Error: [{ Message: messages[code], Detail: message, code, element }], type: typeOf(code) }
}

export function faultAnswer(fault: QuickbooksFault, now: Date): Answer {
  return { status: fault.status, body: { Fault: faultBody(fault), time: pacificTime(now) } }
}

function typeOf(code: FaultCode): FaultType {
  switch (code) {
    case '100':
      return 'AuthenticationFault'
    case '120':
      return 'AuthorizationFault'
    case '3001':
    case '10000':
      return 'SystemFault'
    default:
      return 'ValidationFault'
  }
}

function statusOf(code: FaultCode): number {
  switch (code) {
    case '100':
      return 401
    case '120':
      return 403
    case '3001':
      return 429
    case '10000':
      return 500
    default:
      return 400
  }
}
