import { IntegrationError } from './options.js'

/** Who listens to what. */
export class Listeners {
  #byEvent = new Map()

  on(event, handler) {
    if (typeof handler !== 'function') throw new IntegrationError(`The handler of "${event}" must be a function.`)
    this.#byEvent.set(event, [...(this.#byEvent.get(event) ?? []), handler])
    return this
  }

  once(event, handler) {
    const first = (payload) => {
      this.off(event, first)
      handler(payload)
    }
    return this.on(event, first)
  }

  off(event, handler) {
    const left = (this.#byEvent.get(event) ?? []).filter((other) => handler !== undefined && other !== handler)
    this.#byEvent.set(event, left)
    return this
  }

  _emit(event, payload) {
    for (const handler of this.#byEvent.get(event) ?? []) handler(payload)
  }
}
