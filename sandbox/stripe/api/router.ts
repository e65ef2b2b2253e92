import type { Endpoint } from './call.ts'
import { StripeRefusal } from './errors.ts'

/** Finds the endpoint a request is for, in one look or two: ids stand at the second and the fourth place of a path. */
export class Router {
  private readonly endpoints: Map<string, Endpoint>

  constructor(endpoints: readonly Endpoint[]) {
    this.endpoints = new Map(endpoints.map((each) => [`${each.method} ${each.path}`, each]))
  }

  find(method: string, path: string): { endpoint: Endpoint; ids: string[] } {
    const exact = this.endpoints.get(`${method} ${path}`)
    if (exact !== undefined) return { endpoint: exact, ids: [] }
    const steps = path.split('/') // '', 'v1', 'customers', 'cus_1', 'payment_methods', 'pm_1'
    const ids = [steps[3], steps[5]].filter((id) => id !== undefined).map(decode)
    const pattern = steps.map((step, place) => (place === 3 || place === 5 ? ':id' : step)).join('/')
    const found = this.endpoints.get(`${method} ${pattern}`)
    if (found !== undefined) return { endpoint: found, ids }
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

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
