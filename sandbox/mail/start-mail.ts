import { z } from 'zod'
import type { SandboxContext } from '../kernel/context.ts'
import { type Answer, type Asked, type Service, startService } from '../kernel/service.ts'
import { answerAsset } from '../page/assets.ts'
import { MailFaults, mailFaults, pattern } from './mail-faults.ts'
import { Mailbox, type Message } from './mailbox.ts'
import { listOf, listPage, messagePage, noMessagePage } from './mailbox-pages.ts'
import { startSmtp } from './smtp.ts'

export type MailService = {
  smtp: { host: string; port: number; user: string; password: string }
  mailboxService: Service
  mailbox: Mailbox
  faults: MailFaults
  close: () => Promise<void>
}

const waitMaxMs = 30_000
export const mailFaultsRequest = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        kind: z.enum(mailFaults),
        match: pattern.optional(),
        times: z.number().int().positive().optional(),
        rate: z.number().min(0).max(1).optional(),
      }),
    )
    .optional(),
  latencyMs: z.number().int().min(0).optional(),
  seed: z.number().optional(),
})

/** The mail server, and the mailbox in which everything it took can be read. */
export async function startMail(context: SandboxContext): Promise<MailService> {
  const mailbox = new Mailbox()
  const faults = new MailFaults()
  const credentials = { user: 'closeloop', password: 'sandbox-mail' }
  const { clock, happened } = context
  const smtp = await startSmtp({ port: context.port('smtp'), ...credentials, clock, faults, mailbox, happened })
  const mailboxService = await startService({
    name: 'Mailbox',
    port: context.port('mailbox'),
    clock,
    handle: (asked) => answer(mailbox, faults, context.world.msp.timeZone, asked),
    refuse: (status) => ({ status, body: { message: 'Refused on purpose' } }),
  })
  return {
    smtp: { host: '127.0.0.1', port: smtp.port, ...credentials },
    mailboxService,
    mailbox,
    faults,
    close: async () => {
      await Promise.all([smtp.close(), mailboxService.close()])
    },
  }
}

/** Sets what a request names and leaves the rest. */
export function setMailFaults(faults: MailFaults, request: z.infer<typeof mailFaultsRequest>): void {
  if (request.rules !== undefined) {
    faults.rules = request.rules.map(({ kind, match, times, rate }) => ({
      kind,
      ...(match !== undefined && { match }),
      ...(times !== undefined && { times }),
      ...(rate !== undefined && { rate }),
    }))
  }
  faults.latencyMs = request.latencyMs ?? faults.latencyMs
  if (request.seed !== undefined) faults.seed(request.seed)
}

async function answer(mailbox: Mailbox, faults: MailFaults, timeZone: string, asked: Asked): Promise<Answer> {
  const asset = answerAsset(asked.path)
  if (asset !== undefined) return asset
  if (asked.path.startsWith('/api/')) return answerApi(mailbox, asked)
  if (asked.path === '/_sandbox/faults') return answerFaults(faults, asked)
  const [, folder, id = '', part, at] = asked.path.split('/')
  if (folder === '') return listPage(mailbox, asked.params.get('to') ?? '', timeZone)
  if (folder === 'live') {
    const list = listOf(mailbox.list(asked.params.get('to') ?? ''), timeZone)
    return { status: 200, body: { sections: { list: list.markup } } }
  }
  const message = folder === 'messages' ? mailbox.get(id) : undefined
  if (message === undefined) return noMessagePage(id)
  if (part === 'raw')
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message.raw }
  if (part === 'attachments') return attachment(message, Number(at))
  return messagePage(message, timeZone)
}

async function answerApi(mailbox: Mailbox, { method, path, params }: Asked): Promise<Answer> {
  const id = /^\/api\/messages\/([^/]+)$/.exec(path)?.[1]
  if (path === '/api/messages' && method === 'DELETE') {
    mailbox.clear()
    return { status: 204 }
  }
  if (path === '/api/messages' && method === 'GET') {
    const waitMs = Math.min(Number(params.get('waitMs') ?? 0), waitMaxMs)
    const found = await mailbox.awaited(params.get('to') ?? undefined, Number(params.get('after') ?? 0), waitMs)
    return { status: 200, body: { messages: found.map(summary) } }
  }
  const message = id === undefined ? undefined : mailbox.get(id)
  if (message === undefined || method !== 'GET') return { status: 404, body: { message: 'No such message' } }
  const { raw: _, attachments, ...rest } = message
  const files = attachments.map(({ bytes, ...file }) => ({ ...file, size: bytes.length }))
  return { status: 200, body: { ...rest, links: linksIn(message), attachments: files } }
}

function answerFaults(faults: MailFaults, { method, body }: Asked): Answer {
  if (method === 'POST') {
    try {
      setMailFaults(faults, mailFaultsRequest.parse(JSON.parse(body)))
    } catch (error) {
      return { status: 400, body: { message: String(error) } }
    }
  }
  return { status: 200, body: { rules: faults.rules, latencyMs: faults.latencyMs } }
}

function summary({ id, at, from, to, subject }: Message) {
  return { id, at, from, to, subject }
}

/** Addresses in the HTML part, in the order in which they come, or in the text where there is no HTML. */
function linksIn({ html, text }: Message): string[] {
  const found = html === '' ? text.matchAll(/(https?:\/\/[^\s<>"]+)/g) : html.matchAll(/href="(https?:[^"]+)"/g)
  return [...new Set([...found].map(([, link = '']) => link.replaceAll('&amp;', '&')))]
}

function attachment(message: Message, at: number): Answer {
  const file = message.attachments[at]
  if (file === undefined) return noMessagePage(message.id)
  return {
    status: 200,
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    },
    body: file.bytes,
  }
}
