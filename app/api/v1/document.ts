import 'server-only'
import { openApi } from '@/lib/api/openapi'
import { env } from '@/lib/base/env'
import { webhookEventTypes, webhookEventWords } from '@/lib/webhooks/event-type'
import { schemaOfEvent } from '@/lib/webhooks/wire-event'
import { operations } from './operations'

/** The OpenAPI document of this install. */
export function apiDocument() {
  const told = webhookEventTypes.map((type) => ({ type, words: webhookEventWords[type], schema: schemaOfEvent(type) }))
  const ping = { type: 'ping', words: 'Somebody tries whether it hears.', schema: schemaOfEvent('ping') }
  return openApi(operations, [...told, ping], env().PUBLIC_URL)
}
