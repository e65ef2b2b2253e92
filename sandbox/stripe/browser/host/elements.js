import { Listeners } from './listeners.js'
import { checkElementsOptions, IntegrationError } from './options.js'
import { PaymentElement } from './payment-element.js'

export class Elements extends Listeners {
  #client
  #options
  #payment = null

  constructor(client, options) {
    super()
    checkElementsOptions(options)
    this.#client = client
    this.#options = options
  }

  create(type, options = {}) {
    if (type !== 'payment') throw new IntegrationError(`This stand-in has a "payment" Element only, not "${type}".`)
    if (this.#options.mode === undefined && this.#options.clientSecret === undefined) {
      throw new IntegrationError(
        'In order to create a payment element, you must pass a clientSecret or mode when creating the Elements group.',
      )
    }
    if (this.#payment !== null) {
      throw new IntegrationError("Can't create more than one payment Element within the same Elements group.")
    }
    this.#payment = new PaymentElement(this, options)
    return this.#payment
  }

  getElement(type) {
    return type === 'payment' ? this.#payment : null
  }

  async update(options) {
    const next = { ...this.#options, ...options }
    checkElementsOptions(next)
    this.#options = next
    await this.#payment?._refresh()
    this._emit('update-end')
  }

  async fetchUpdates() {
    const answer = await this.#payment?._refresh()
    return answer?.error === undefined ? {} : { error: { message: answer.error.message, status: 'failed' } }
  }

  async submit() {
    const answer = await this._need()._ask('submit')
    this._isSubmitted = answer.error === undefined
    return answer
  }

  /** The frame turns what is typed into an object of the API; `call` is named in complaints. */
  async _create(verb, call, params) {
    if (this.#options.mode !== undefined && this._isSubmitted !== true) {
      throw new IntegrationError(`elements.submit() must be called before ${call}.`)
    }
    const answer = await this._need()._ask(verb, { params, call })
    if (answer.integrationError !== undefined) throw new IntegrationError(answer.integrationError)
    return answer
  }

  get _clientSecret() {
    return this.#options.clientSecret
  }

  _need() {
    if (this.#payment === null) {
      throw new IntegrationError('Invalid value for elements: it should have a mounted Payment Element.')
    }
    return this.#payment
  }

  _setup(element) {
    return { client: this.#client, elements: this.#options, element }
  }

  _forget(element) {
    if (this.#payment === element) this.#payment = null
  }
}
