import { z } from 'zod'
import { type Answer, type Asked, type Service, startService } from '../kernel/service.ts'
import { localDate } from '../world/calendar.ts'
import { act } from './actions.ts'
import { answerAsset } from './assets.ts'
import { advance, advanceRequest, clockState } from './clock-api.ts'
import { clearFaults, faultState, faultyServices, setFaults } from './faults-api.ts'
import { forgetSeen, overviewPage, sectionsOf } from './overview-page.ts'
import type { PageParts } from './parts.ts'

/** The page with all the worlds side by side, and the JSON interface by which tests, the demo and the product use the clock. */
export function startPage(parts: PageParts, port: number): Promise<Service> {
  return startService({
    name: 'Sandbox page',
    port,
    clock: parts.clock,
    handle: (asked) => answerSafely(parts, asked),
    refuse: (status) => ({ status, body: { message: 'Refused on purpose' } }),
  })
}

async function answerSafely(parts: PageParts, asked: Asked): Promise<Answer> {
  try {
    return await answer(parts, asked)
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { message: z.prettifyError(error) } }
    if (error instanceof SyntaxError) return { status: 400, body: { message: 'The body is not JSON' } }
    return { status: 500, body: { message: String(error) } }
  }
}

async function answer(parts: PageParts, asked: Asked): Promise<Answer> {
  const { clock, faults, happenings, world } = parts
  const asset = answerAsset(asked.path)
  if (asset !== undefined) return asset
  const [, first = '', second = ''] = asked.path.split('/')
  if (first === 'do' && asked.method === 'POST') return answerForm(parts, asked, second)
  switch (`${asked.method} ${asked.path}`) {
    case 'GET /':
      return overviewPage(parts)
    case 'GET /live':
      return { status: 200, body: { sections: await sectionsOf(parts) } }
    case 'GET /clock':
      return { status: 200, body: clockState(clock) }
    case 'POST /clock/advance':
      await advance(clock, world.msp.timeZone, advanceRequest.parse(JSON.parse(asked.body)))
      return { status: 200, body: clockState(clock) }
    case 'POST /clock/pause':
      clock.pause()
      return { status: 200, body: clockState(clock) }
    case 'POST /clock/run':
      clock.resume()
      return { status: 200, body: clockState(clock) }
    case 'GET /faults':
      return { status: 200, body: faultState(faults) }
    case 'POST /faults/clear':
      clearFaults(faults)
      return { status: 200, body: faultState(faults) }
    case 'GET /happenings': {
      const limit = Number(asked.params.get('limit') ?? 100)
      return { status: 200, body: { happenings: happenings.list(limit, Number(asked.params.get('after') ?? 0)) } }
    }
    case 'GET /today':
      return { status: 200, body: { today: localDate(clock.now(), world.msp.timeZone), timeZone: world.msp.timeZone } }
  }
  const service = faultyServices.find((each) => each === second)
  if (first === 'faults' && asked.method === 'POST' && service !== undefined) {
    setFaults(faults, service, JSON.parse(asked.body))
    return { status: 200, body: faultState(faults)[service] }
  }
  return { status: 404, body: { message: `Nothing at ${asked.method} ${asked.path}` } }
}

/** A form of the page: the script wants the words, a browser without it is sent back to the page. */
async function answerForm(parts: PageParts, asked: Asked, name: string): Promise<Answer> {
  const said = await act(parts, name, new URLSearchParams(asked.body))
  forgetSeen(parts)
  if (asked.headers.accept?.includes('application/json')) return { status: said.isRefused ? 409 : 200, body: said }
  return { status: 303, headers: { location: '/' } }
}
