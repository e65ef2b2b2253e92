import { createServer } from 'node:net'

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return listenOn(0, '127.0.0.1')
}

/** The wished port, or the next above it that is free. */
export async function portNear(wished: number): Promise<number> {
  for (let port = wished; port < wished + 100; port++) if (await isFree(port)) return port
  return freePort()
}

/** Free on both loopback addresses: a browser that is told "localhost" may try either first. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const isTaken = await listenOn(port, host).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'EADDRINUSE' || error.code === 'EACCES',
    )
    if (isTaken) return false
  }
  return true
}

function listenOn(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, host, () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
