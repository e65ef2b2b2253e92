import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerAuthenticationResponse, type SMTPServerDataStream } from 'smtp-server'
import type { SimClock } from '../kernel/clock.ts'
import { type Happening, pause } from '../kernel/service.ts'
import type { MailFaults } from './mail-faults.ts'
import type { Mailbox } from './mailbox.ts'

type SmtpOptions = {
  port: number
  user: string
  password: string
  clock: SimClock
  faults: MailFaults
  mailbox: Mailbox
  happened: (happening: Happening) => void
}

/** A mail server that takes everything for everybody, from whoever knows the password. No TLS: it is on this machine. */
export async function startSmtp(options: SmtpOptions): Promise<{ port: number; close: () => Promise<void> }> {
  const { faults, mailbox, clock } = options
  const sockets = new Map<number, Socket>()
  const note = (what: string, outcome: string) =>
    options.happened({ at: clock.now().toISOString(), service: 'Mail', what, outcome })

  const server = new SMTPServer({
    name: 'mail.sandbox.example',
    banner: 'Sandbox mail',
    size: 25_000_000,
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username, password }, _session, callback) {
      const isKnown = username === options.user && password === options.password
      const answer: SMTPServerAuthenticationResponse = { user: options.user }
      callback(
        isKnown ? null : smtpError(535, '5.7.8 Username and password not accepted'),
        isKnown ? answer : undefined,
      )
    },
    onRcptTo({ address }, _session, callback) {
      const fault = faults.draw(['greylist', 'reject'], address)
      if (fault === undefined) return callback()
      note(`mail to ${address}`, fault === 'greylist' ? 'greylisted' : 'rejected')
      if (fault === 'greylist') return callback(smtpError(451, '4.7.1 Greylisted, try again in a few minutes'))
      mailbox.bouncedCount += 1
      callback(smtpError(550, '5.1.1 No such mailbox here'))
    },
    onData(stream, { envelope, remotePort }, callback) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      const to = envelope.rcptTo.map(({ address }) => address)
      void take(stream, from, to).then(({ subject, isDropped }) => {
        note(`${subject} to ${to.join(', ')}`, isDropped ? 'taken, then hung up' : 'accepted')
        if (isDropped) sockets.get(remotePort)?.resetAndDestroy()
        else callback()
      }, callback)
    },
  })
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.once('close', () => sockets.delete(port))
  })
  server.on('error', () => {}) // a client that hangs up is none of our trouble

  async function take(stream: SMTPServerDataStream, from: string, to: string[]) {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk))
    if (stream.sizeExceeded) throw smtpError(552, '5.3.4 The message is too large')
    if (faults.latencyMs > 0) await pause(faults.latencyMs)
    const envelope = { from, to, at: clock.now().toISOString() }
    const { subject } = await mailbox.receive(Buffer.concat(chunks), envelope)
    return { subject, isDropped: faults.draw(['drop-after-data'], to[0] ?? '') !== undefined }
  }

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    close: () => {
      for (const socket of sockets.values()) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
