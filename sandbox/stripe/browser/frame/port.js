/**
 * A frame's end of the conversation with the page that holds it. The page names its origin in the fragment; nothing is
 * said to, or heard from, any other: a page that lies about itself hears nothing.
 */
export function connectToHost() {
  const origin = decodeURIComponent(location.hash.slice(1))
  const verbs = new Map()
  const say = (message) => window.parent.postMessage(message, origin)

  const hear = async ({ verb, payload, call }) => {
    const act = verbs.get(verb)
    if (act === undefined) return
    const answer = await act(payload)
    if (call !== undefined) say({ kind: 'answer', call, answer })
  }
  window.addEventListener('message', (event) => {
    if (event.origin === origin && event.source === window.parent) void hear(event.data)
  })

  return {
    /** What to do when the page asks for `verb`; the result goes back to it. */
    on: (verb, act) => verbs.set(verb, act),
    tell: (event, payload) => say({ kind: 'event', event, payload }),
    /** The page sends `init` in return; to be said once everything is listened for. */
    hello: () => say({ kind: 'hello' }),
  }
}

/** Keeps the page's iframe as high as `element`. */
export function reportHeight(host, element) {
  new ResizeObserver(() => host.tell('height', Math.ceil(element.getBoundingClientRect().height))).observe(element)
}
