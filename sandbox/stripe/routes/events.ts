import { endpoint, idOf, nothing } from '../api/call.ts'
import { malformed, missing } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import { flag, listOf, shape, word } from '../api/params.ts'
import { pageFields, timeFilter } from '../api/shared-params.ts'
import { eventText } from '../events/emit.ts'
import type { StoredEvent } from '../state/stored-event.ts'

const keptSeconds = 30 * 86_400

export const eventEndpoints = [
  endpoint(
    'GET',
    '/v1/events',
    shape({ ...pageFields, created: timeFilter, delivery_success: flag, type: word, types: listOf(word) }),
    ({ scope, params }) => {
      const { type, types, delivery_success: delivered } = params
      if (type !== undefined && types !== undefined) {
        throw malformed('You may only specify one of these parameters: type, types.', 'parameters_exclusive', 'types')
      }
      const oldest = scope.state.clock.seconds() - keptSeconds
      return page(scope.account.events, params, {
        url: '/v1/events',
        kind: 'event',
        keep: (event) =>
          event.created >= oldest &&
          within(params.created, event.created) &&
          (type === undefined || matches(event.type, type)) &&
          (types === undefined || types.some((pattern) => matches(event.type, pattern))) &&
          (delivered === undefined || delivered === (event.pendingWebhooks === 0)),
        render: shown,
      })
    },
  ),

  endpoint('GET', '/v1/events/:id', nothing, ({ scope, ids }) => {
    const event = scope.account.events.get(idOf(ids))
    const oldest = scope.state.clock.seconds() - keptSeconds
    if (event === undefined || event.created < oldest) throw missing('event', idOf(ids))
    return shown(event)
  }),
]

/** `charge.*` stands for all of a group. */
function matches(type: string, pattern: string): boolean {
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}

function shown(event: StoredEvent): object {
  return JSON.parse(eventText(event))
}
