/** What the page around is told. No amount, no name: who embeds us learns that something happened, and asks our API. */
export type News =
  | { type: 'ready' }
  | { type: 'processing' | 'paid' | 'failed'; detail: { payment?: string; because?: string } }
  /** A way to pay was kept; nothing was charged. Of one that still waits only a frame of ours is told. */
  | { type: 'saved' | 'waiting' }
  | { type: 'closed' }
  | { height: number }

let port: MessagePort | undefined

export function tellThrough(line: MessagePort): void {
  port = line
}

export function tellHost(news: News): void {
  port?.postMessage(news)
}

/** Tells the page around how tall we are, now and whenever that changes. */
export function keepHeight(element: Element): void {
  const tell = () => tellHost({ height: Math.ceil(element.getBoundingClientRect().height) })
  new ResizeObserver(tell).observe(element)
}
