/** Where this script came from: the one origin its frames come from and talk to. */
export const home = new URL(document.currentScript.src).origin

let frameCount = 0

/** An iframe of our origin and the conversation with it. Both ends check who speaks and name who may listen. */
export class Frame {
  #calls = new Map()
  #callCount = 0
  #opened = Promise.withResolvers()

  /** `listen({event, payload})` hears what the frame tells; `hello` is sent what `setup()` answers. */
  constructor(path, { title, setup, listen }) {
    const iframe = document.createElement('iframe')
    iframe.name = `__privateStripeFrame${++frameCount}`
    iframe.title = title
    iframe.allow = 'payment *'
    iframe.src = `${home}${path}#${encodeURIComponent(location.origin)}`
    Object.assign(iframe.style, { display: 'block', border: '0', colorScheme: 'light' })
    this.iframe = iframe
    this.setup = setup
    this.listen = listen
    window.addEventListener('message', this.#hear)
  }

  #hear = ({ origin, source, data }) => {
    if (origin !== home || source !== this.iframe.contentWindow || source === null) return
    if (data.kind === 'hello') {
      this.#post({ verb: 'init', payload: this.setup() })
      this.#opened.resolve()
    } else if (data.kind === 'event') {
      this.listen(data.event, data.payload)
    } else if (data.kind === 'answer') {
      this.#calls.get(data.call)?.(data.answer)
      this.#calls.delete(data.call)
    }
  }

  #post(message) {
    this.iframe.contentWindow?.postMessage(message, home)
  }

  get opened() {
    return this.#opened.promise
  }

  async tell(verb, payload) {
    await this.opened
    this.#post({ verb, payload })
  }

  async ask(verb, payload) {
    await this.opened
    const call = ++this.#callCount
    const answer = new Promise((resolve) => this.#calls.set(call, resolve))
    this.#post({ verb, payload, call })
    return answer
  }

  close() {
    window.removeEventListener('message', this.#hear)
    this.iframe.remove()
  }
}
