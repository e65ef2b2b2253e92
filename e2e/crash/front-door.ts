import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/**
 * One address before several web processes, as a load balancer has it: each caller is let in at the next process that
 * opens, and stays with it. Where a process dies, its callers are cut off.
 * @param port what it listens on
 * @param behind the ports of the web processes
 */
export async function openFrontDoor(port: number, behind: readonly number[]): Promise<() => Promise<void>> {
  const callers = new Set<Socket>()
  let turn = 0
  const server = createServer({ allowHalfOpen: false }, (caller) => {
    callers.add(caller)
    caller.on('error', () => {}).on('close', () => callers.delete(caller))
    letIn(caller, turn, behind.length)
    turn += 1
  })
  const letIn = (caller: Socket, at: number, triesLeft: number): void => {
    const room = connect({ port: behind[at % behind.length] ?? 0, host: '127.0.0.1' })
    let isIn = false
    room.on('connect', () => {
      isIn = true
      caller.pipe(room).pipe(caller)
    })
    room.on('error', () => {})
    room.on('close', () => {
      if (isIn || triesLeft <= 1) caller.destroy()
      else letIn(caller, at + 1, triesLeft - 1)
    })
    caller.on('close', () => room.destroy())
  }
  server.listen(port)
  await once(server, 'listening')
  return async () => {
    for (const caller of callers) caller.destroy()
    server.close()
    await once(server, 'close')
  }
}
