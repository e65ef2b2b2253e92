import { type News, tellHost } from './host-news'

/**
 * The same checkout in a window of its own: where a frame is too narrow, or a bank will not be framed. The window is of
 * our own origin; it is given the session, and its news goes on to the page around as if it came from here.
 */
export function openFullPage(path: string, session: string | undefined, onNews: () => void): void {
  const nonce = crypto.randomUUID()
  const page = window.open(`${path}${location.search}#${nonce}`)
  if (page === null) return
  const hear = ({ origin, source, data }: MessageEvent) => {
    if (origin !== location.origin || source !== page || data?.hello !== nonce) return
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data: news }: MessageEvent<News>) => {
      if (!('type' in news) || !['paid', 'processing', 'saved', 'waiting'].includes(news.type)) return
      if (news.type !== 'waiting') tellHost(news)
      onNews()
    }
    page.postMessage({ nonce, session }, location.origin, [port2])
  }
  addEventListener('message', hear)
}
