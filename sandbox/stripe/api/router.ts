import type { Endpoint } from './call.ts'
import { StripeRefusal } from './errors.ts'

/** Finds the endpoint a request is for, in a few looks: ids stand at the fourth and the sixth place of a path. */
export class Router {
  private readonly endpoints: Map<string, Endpoint>

  constructor(endpoints: readonly Endpoint[]) {
    this.endpoints = new Map(endpoints.map((each) => [`${each.method} ${each.path}`, each]))
  }

  find(method: string, path: string): { endpoint: Endpoint; ids: string[] } {
    const exact = this.endpoints.get(`${method} ${path}`)
    if (exact !== undefined) return { endpoint: exact, ids: [] }
    const steps = path.split('/') // '', 'v1', 'customers', 'cus_1', 'payment_methods', 'pm_1'
    for (const places of idPlaces) {
      const pattern = steps.map((step, place) => (places.includes(place) ? ':id' : step)).join('/')
      const endpoint = this.endpoints.get(`${method} ${pattern}`)
      if (endpoint !== undefined) return { endpoint, ids: places.map((place) => decode(steps[place] ?? '')) }
    }
    throw new StripeRefusal(
      404,
      {
        type: 'invalid_request_error',
        message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      },
      { beforeWork: true },
    )
  }
}

const idPlaces: readonly number[][] = [[3], [3, 5]]

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
