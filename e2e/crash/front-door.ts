import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type FrontDoor = {
  port: number
  /** From now on callers are let in at these ports. */
  leadTo: (ports: readonly number[]) => void
  close: () => Promise<void>
}

/**
 * One address before several web processes, as a load balancer has it: each caller is let in at the next process that
 * opens, and stays with it. Where a process dies, its callers are cut off. It stands before the processes do: its address
 * is theirs, and nobody can take it meanwhile.
 */
export async function openFrontDoor(): Promise<FrontDoor> {
  let behind: readonly number[] = []
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
  server.listen(0)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (ports) => {
      behind = ports
    },
    close: async () => {
      for (const caller of callers) caller.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
