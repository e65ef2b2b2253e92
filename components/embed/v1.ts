/**
 * The loader of the widget, as `<script src="https://…/embed/v1.js" async>` brings it to a page of the MSP's. It frames
 * the checkout from the address it came from itself, keeps its height, and passes on what happens there as events.
 * What it promises is written in README.md beside it, and never changes: another meaning is another file.
 *
 * The children of the element are what the page shows without us: before this runs, and when the frame cannot be had.
 * Of the page's own styles, storage and globals nothing is touched. Each byte is sent to every visitor; keep it small.
 */
;(() => {
  const tag = 'closeloop-checkout'
  const { currentScript } = document
  if (!(currentScript instanceof HTMLScriptElement) || customElements.get(tag)) return
  const home = new URL(currentScript.src).origin
  const asked = ['msp', 'invoice', 'locale', 'theme', 'mode']
  const news = ['ready', 'processing', 'paid', 'failed', 'saved', 'closed']
  const patienceMs = 15_000
  const graceMs = 3_000

  class Checkout extends HTMLElement {
    static observedAttributes = [...asked, 'session']
    listening = new AbortController()

    /** Also when the element is taken out of the page, or an attribute changes: they come one by one, and each begins anew. */
    connectedCallback() {
      this.listening.abort()
      this.listening = new AbortController()
      const { signal } = this.listening
      // What several ask for together is framed once.
      queueMicrotask(() => this.isConnected && !signal.aborted && this.mount(signal))
    }
    attributeChangedCallback() {
      this.connectedCallback()
    }
    disconnectedCallback() {
      this.connectedCallback()
    }

    mount(signal: AbortSignal) {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
      const nonce = crypto.randomUUID()
      const query = new URLSearchParams({ on: location.origin })
      for (const name of asked) query.set(name, this.getAttribute(name) ?? '')
      // The words of the link that is there without us are in the page's language.
      const title = this.title || this.textContent?.trim() || 'Pay your bill'
      let isThere = false

      const frame = document.createElement('iframe')
      frame.src = `${home}/embed/${query.get('msp')}?${query}#${nonce}`
      frame.title = title
      frame.allow = 'payment *; publickey-credentials-get *'
      frame.part.add('frame')
      // A frame of another scheme than its element has an opaque ground, and square corners.
      const scheme = query.get('theme')?.replace('auto', '') || 'light dark'
      frame.style.cssText = `display:block;width:100%;height:480px;border:0;color-scheme:${scheme}`
      const children = document.createElement('slot')
      const dialog = query.get('mode') === 'dialog' && document.createElement('dialog')

      const giveUp = () => {
        if (isThere || signal.aborted) return
        frame.style.display = 'none'
        children.onclick = null
        if (dialog) {
          dialog.close()
          this.querySelector('a')?.click()
        } else root.prepend(children)
      }
      // A frame that is refused “loads” too, without a word.
      frame.onload = () => setTimeout(giveUp, graceMs)
      const begin = (place: Node) => {
        if (frame.isConnected) return
        place.appendChild(frame)
        setTimeout(giveUp, patienceMs)
      }
      const tell = (type: string, detail?: unknown) =>
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, cancelable: type === 'closed' }))
      const hear = ({ data }: MessageEvent) => {
        const { type, height, detail } = Object(data)
        if (height > 0 && height < 20_000) frame.style.height = `${height}px`
        if (news.includes(type) && tell(type, detail) && type === 'closed' && dialog) dialog.close()
      }

      if (dialog) {
        dialog.style.cssText = 'padding:0;border:0;width:480px;background:0 0'
        dialog.ariaLabel = title
        dialog.oncancel = (event) => tell('closed') || event.preventDefault()
        children.onclick = (event) => {
          if (event.ctrlKey || event.metaKey) return
          event.preventDefault()
          dialog.showModal()
          begin(dialog)
          frame.focus()
        }
        root.replaceChildren(children, dialog)
      } else {
        this.style.display ||= 'block'
        root.replaceChildren()
        begin(root)
      }
      addEventListener(
        'message',
        ({ origin, source, data }) => {
          if (origin !== home || source !== frame.contentWindow || data?.hello !== nonce) return
          isThere = true
          if (!dialog) children.remove()
          frame.style.display = 'block'
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = hear
          frame.contentWindow?.postMessage({ nonce, session: this.getAttribute('session') }, home, [port2])
        },
        { signal },
      )
    }
  }
  customElements.define(tag, Checkout)
})()
