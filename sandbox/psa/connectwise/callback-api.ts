import { z } from 'zod'
import type { Answer } from '../../kernel/service.ts'
import type { Callback, Callbacks } from './callbacks.ts'
import { check, readBody, readPatch } from './patch.ts'
import type { Author } from './psa.ts'
import { info, type Json } from './references.ts'
import { invalid, notFound } from './refusal.ts'
import { callbackLevels } from './setup-tables.ts'

const resource = 'callbackEntry'
const Registration = z.looseObject({
  url: z.url({ protocol: /^https?$/ }),
  objectId: z.number().int(),
  type: z.string(),
  level: z.string(),
  description: z.string().max(100).nullish(),
  inactiveFlag: z.boolean().nullish(),
  isSelfSuppressedFlag: z.boolean().nullish(),
  payloadVersion: z.string().nullish(),
})

export function postCallback(callbacks: Callbacks, body: string, author: Author): Answer {
  const facts = readRegistration(readBody(body, 'CallbackEntry', resource))
  return { status: 201, body: renderCallback(callbacks.register({ ...facts, memberId: author.memberId })) }
}

export function changeCallback(callbacks: Callbacks, id: number, method: string, body: string, now: number): Answer {
  const callback = callbackOr404(callbacks, id)
  const isPatch = method === 'PATCH'
  const changes = isPatch ? readPatch(body, 'CallbackEntry', resource) : readBody(body, 'CallbackEntry', resource)
  const before = isPatch ? Object.entries(renderCallback(callback)) : []
  Object.assign(callback, readRegistration(new Map<string, unknown>([...before, ...changes])), { updatedAt: now })
  return { status: 200, body: renderCallback(callback) }
}

export function deleteCallback(callbacks: Callbacks, id: number): Answer {
  callbacks.remove(callbackOr404(callbacks, id))
  return { status: 204 }
}

export function callbackOr404(callbacks: Callbacks, id: number): Callback {
  const callback = callbacks.registered.find((each) => each.id === id)
  if (callback === undefined) throw notFound(`Callback ${id}`)
  return callback
}

function readRegistration(values: ReadonlyMap<string, unknown>): Omit<Callback, 'id' | 'memberId' | 'updatedAt'> {
  const facts = check(values, Registration, resource)
  const type = facts.type.toLowerCase()
  const levels = callbackLevels[type]
  if (levels === undefined) throw wrong('type', `${facts.type} is not a type of callback`)
  const level = levels.find((each) => each.toLowerCase() === facts.level.toLowerCase())
  if (level === undefined) throw wrong('level', `${facts.level} is not a level of ${type}: ${levels.join(', ')}`)
  if (level === 'owner' && facts.objectId !== 1) throw wrong('objectId', 'objectId must be 1 for level owner')
  return {
    url: facts.url,
    objectId: facts.objectId,
    type,
    level,
    description: facts.description ?? '',
    inactiveFlag: facts.inactiveFlag ?? false,
    isSelfSuppressedFlag: facts.isSelfSuppressedFlag ?? false,
    payloadVersion: facts.payloadVersion ?? '3.0.0',
  }
}

function wrong(field: string, message: string) {
  return invalid(resource, [{ code: 'InvalidValue', message, field }])
}

export function renderCallback({ updatedAt, ...callback }: Callback): Json {
  return { ...callback, isSoapCallbackFlag: false, _info: info(updatedAt, String(callback.memberId)) }
}
