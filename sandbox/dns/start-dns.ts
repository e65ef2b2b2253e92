import { createSocket } from 'node:dgram'
import { type Answer, readQuestion, typeOf, writeAnswer } from './message.ts'

export type DnsService = {
  /** `127.0.0.1:5353`, as resolvers name a server. */
  address: string
  /** The records of one name; none removes it. */
  set: (name: string, records: Answer[]) => void
  /** A server that is down: questions are heard and not answered. */
  silence: (isSilent: boolean) => void
  close: () => Promise<void>
}

/** A name server over UDP that knows what it is told, and nothing else. */
export async function startDns({ port }: { port: number }): Promise<DnsService> {
  const zone = new Map<string, Answer[]>()
  let isSilent = false
  const socket = createSocket('udp4')
  socket.on('message', (packet, from) => {
    const question = readQuestion(packet)
    if (question === undefined || isSilent) return
    const records = zone.get(question.name)
    const asked = typeOf(question.type)
    const answers = (records ?? []).filter(({ type }) => type === asked)
    socket.send(writeAnswer(question, answers, records !== undefined), from.port, from.address)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, '127.0.0.1', resolve)
  })
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (name, records) => {
      if (records.length === 0) zone.delete(name.toLowerCase())
      else zone.set(name.toLowerCase(), records)
    },
    silence: (silent) => {
      isSilent = silent
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
