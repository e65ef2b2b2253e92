import { Random } from '../../kernel/random.ts'
import type { Asked } from '../../kernel/service.ts'
import type { Author } from './psa.ts'
import { Refusal } from './refusal.ts'

export type ApiKeys = { publicKey: string; privateKey: string }

/** What a program needs to talk to this tenant, and the keys of a second member that may only look. */
export type ConnectwiseCredentials = ApiKeys & {
  companyId: string
  clientId: string
  limited: ApiKeys
}

export type Member = Author & ApiKeys & { mayWriteFinance: boolean }

export function makeCredentials(seed: string, companyId: string): ConnectwiseCredentials {
  const random = new Random(`${seed}:${companyId}:keys`)
  const keys = () => ({ publicKey: random.id(16), privateKey: random.id(16) })
  const hex = (length: number) => Array.from({ length }, () => random.between(0, 15).toString(16)).join('')
  const clientId = [8, 4, 4, 4, 12].map(hex).join('-')
  return { companyId, clientId, ...keys(), limited: keys() }
}

export function makeMembers(credentials: ConnectwiseCredentials): Member[] {
  const { publicKey, privateKey, limited } = credentials
  return [
    { identifier: 'closeloop', memberId: 301, isProgram: true, publicKey, privateKey, mayWriteFinance: true },
    { identifier: 'looksonly', memberId: 302, isProgram: true, ...limited, mayWriteFinance: false },
  ]
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Who is asking. A missing clientId is 403, no credentials 401, and wrong ones are "not found", as in the cloud. */
export function authenticate(asked: Asked, companyId: string, members: readonly Member[]): Member {
  if (!guid.test(asked.headers.clientid ?? '')) {
    throw new Refusal(
      403,
      'Forbidden',
      'A valid clientId header is required. See https://developer.connectwise.com/ClientID',
    )
  }
  const [scheme = '', encoded = ''] = (asked.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'basic' || encoded === '') {
    throw new Refusal(401, 'Unauthorized', 'Authorization is required')
  }
  const [user = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  const [company = '', ...publicKey] = user.split('+')
  const member = members.find((each) => each.publicKey === publicKey.join('+') && each.privateKey === secret.join(':'))
  if (member === undefined || company.toLowerCase() !== companyId.toLowerCase()) {
    throw new Refusal(404, 'NotFound', 'The requested resource was not found')
  }
  return member
}

export function requireFinanceWrite(member: Member): void {
  if (!member.mayWriteFinance) {
    throw new Refusal(403, 'Forbidden', 'You do not have security permission to perform this action.')
  }
}
