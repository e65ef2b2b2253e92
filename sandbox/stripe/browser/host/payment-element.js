import { Frame } from './frame.js'
import { Listeners } from './listeners.js'
import { IntegrationError } from './options.js'

const frameDeadlineMs = 15_000

export class PaymentElement extends Listeners {
  #elements
  #options
  #frame
  #isDestroyed = false

  constructor(elements, options) {
    super()
    this.#elements = elements
    this.#options = options
  }

  mount(target) {
    if (this.#isDestroyed)
      throw new IntegrationError('This Element has already been destroyed. Please create a new one.')
    const place = typeof target === 'string' ? document.querySelector(target) : target
    if (!(place instanceof HTMLElement)) {
      throw new IntegrationError('The selector or element you specified does not exist. Make sure it is on the page.')
    }
    if (this.#frame?.iframe.parentElement === place) return
    this.unmount()
    this.#frame = new Frame('/elements/payment.html', {
      title: 'Secure payment input frame',
      setup: () => ({ ...this.#elements._setup(this.#options), ground: groundOf(place) }),
      listen: (event, payload) => this.#heard(event, payload),
    })
    // Four pixels out on every side: room for the focus rings of the fields.
    const { style } = this.#frame.iframe
    Object.assign(style, { width: 'calc(100% + 8px)', margin: '-4px', height: '150px' })
    place.replaceChildren(this.#frame.iframe)
    this.#watch(this.#frame)
  }

  update(options) {
    this.#options = { ...this.#options, ...options }
    void this._refresh()
    return this
  }

  unmount() {
    this.#frame?.close()
    this.#frame = undefined
  }

  destroy() {
    this.unmount()
    this.#isDestroyed = true
    this.#elements._forget(this)
  }

  focus() {
    this.#frame?.iframe.focus()
    void this.#frame?.tell('focus')
  }

  blur() {
    void this.#frame?.tell('blur')
  }

  clear() {
    void this.#frame?.tell('clear')
  }

  collapse() {
    void this.#frame?.tell('collapse')
    return this
  }

  async _refresh() {
    const { elements, element } = this.#elements._setup(this.#options)
    return this.#frame?.ask('update', { elements, element, ground: groundOf(this.#frame.iframe) })
  }

  _ask(verb, payload) {
    if (this.#frame === undefined) {
      throw new IntegrationError(
        'We could not retrieve data from the specified Element. Please make sure it is mounted.',
      )
    }
    return this.#frame.ask(verb, payload)
  }

  #heard(event, payload) {
    if (event === 'height') this.#frame.iframe.style.height = `${payload}px`
    else if (event === 'scheme') this.#frame.iframe.style.colorScheme = payload
    else if (event === 'unusable') console.warn(`elements(): appearance cannot use ${payload.join(', ')}.`)
    else this._emit(event, payload)
  }

  #watch(frame) {
    const timer = setTimeout(() => {
      const error = { type: 'api_connection_error', message: 'The payment form could not be loaded.' }
      if (frame === this.#frame) this._emit('loaderror', { elementType: 'payment', error })
    }, frameDeadlineMs)
    void frame.opened.then(() => clearTimeout(timer))
  }
}

/** The colour the frame stands on: that of the nearest element behind it that has one. */
function groundOf(element) {
  for (let place = element; place !== null; place = place.parentElement) {
    const colour = getComputedStyle(place).backgroundColor
    if (colour !== 'rgba(0, 0, 0, 0)') return colour
  }
  return 'rgb(255, 255, 255)'
}
