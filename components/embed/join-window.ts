/** One end of the line to another window; what arrives on it is plain data that has to be looked at before it is used. */
export type Line = { session: string | undefined; port: MessagePort }

/**
 * Makes itself known to the window around or behind us, and waits for its answer: the session, and a line of our own.
 * Neither side speaks to anybody else: each names the other's origin, and holds origin, source and the one-time word
 * from our address against what it expects. Everything after that goes over the line.
 */
export function joinWindow(other: Window, origin: string, nonce: string): Promise<Line> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== other || nonce === '') return
      const line = readAnswer(event, nonce)
      if (line === undefined) return
      removeEventListener('message', hear)
      resolve(line)
    }
    addEventListener('message', hear)
    other.postMessage({ hello: nonce }, origin)
  })
}

const sessionMax = 100

function readAnswer({ data, ports }: MessageEvent, nonce: string): Line | undefined {
  const [port] = ports
  if (typeof data !== 'object' || data === null || data.nonce !== nonce || port === undefined) return undefined
  const { session } = data
  const isSession = typeof session === 'string' && session !== '' && session.length <= sessionMax
  return { session: isSession ? session : undefined, port }
}
