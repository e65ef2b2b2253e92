import { z } from 'zod'
import type { Answer, Asked } from '../../kernel/service.ts'
import type { Company } from './api.ts'
import { decide } from './consent-page.ts'
import { switchOnMulticurrency } from './currencies.ts'
import { QuickbooksFault } from './fault.ts'
import { type EntityName, entityNames } from './schema/schemas.ts'
import { seedAccount } from './seed-books.ts'
import { view } from './view.ts'
import type { WebhookSender } from './webhooks.ts'
import { required, write } from './write.ts'

const editRequest = z.object({
  entity: z.string(),
  id: z.string(),
  /** Properties to change, as a sparse update. */
  change: z.looseObject({}).optional(),
  operation: z.enum(['update', 'delete', 'void']).default('update'),
})
const closing = z.object({ date: z.iso.date().nullable(), password: z.boolean().default(false) })
const settings = z.object({
  customTxnNumbers: z.boolean().optional(),
  autoApplyCredit: z.boolean().optional(),
  autoApplyPayments: z.boolean().optional(),
  /** Once on it stays on. */
  multicurrency: z.literal(true).optional(),
})
const limits = z.object({
  limits: z.object({ perSecond: z.number(), perMinute: z.number(), batchesPerMinute: z.number() }).nullable(),
})
const asOk = z.object({ times: z.number().int().min(0) })
const webhook = z.object({ url: z.url().nullable() })

/** What a person does inside QuickBooks or in the developer portal, and what tests want to see. Never the vendor's API. */
export function answerControl(company: Company, webhooks: WebhookSender, asked: Asked): Answer {
  try {
    return control(company, webhooks, asked)
  } catch (error) {
    if (error instanceof QuickbooksFault) return { status: 409, body: { code: error.code, message: error.message } }
    if (error instanceof z.ZodError) return { status: 400, body: { message: z.prettifyError(error) } }
    if (error instanceof SyntaxError) return { status: 400, body: { message: 'The body is not JSON' } }
    throw error
  }
}

function control(company: Company, webhooks: WebhookSender, asked: Asked): Answer {
  const { books, oauth, throttle, memory } = company
  const [, , action = '', name = ''] = asked.path.split('/')
  switch (`${asked.method} ${action}`) {
    case 'POST authorize':
      return decide(oauth, books.realmId, new URLSearchParams(asked.body))
    case 'GET records': {
      const entity = entityOf(name)
      return { status: 200, body: books.all(entity).map((stored) => view(books, stored)) }
    }
    case 'POST edit': {
      const { entity, id, change, operation } = editRequest.parse(JSON.parse(asked.body))
      return { status: 200, body: edit(company, entityOf(entity), id, operation, change ?? {}) }
    }
    case 'POST close-books': {
      const { date, password } = closing.parse(JSON.parse(asked.body))
      if (date === null) delete books.settings.bookCloseDate
      else books.settings.bookCloseDate = date
      books.settings.closedWithPassword = password
      return done
    }
    case 'POST settings': {
      const wanted = settings.parse(JSON.parse(asked.body))
      books.settings.customTxnNumbers = wanted.customTxnNumbers ?? books.settings.customTxnNumbers
      books.settings.autoApplyCredit = wanted.autoApplyCredit ?? books.settings.autoApplyCredit
      books.settings.autoApplyPayments = wanted.autoApplyPayments ?? books.settings.autoApplyPayments
      if (wanted.multicurrency === true) switchOnMulticurrency(books, (account) => seedAccount(books, account))
      return done
    }
    case 'POST expire-tokens':
      oauth.expireAccessTokens()
      return done
    case 'POST expire-refresh-tokens':
      oauth.expireRefreshTokens()
      return done
    case 'POST revoke':
      oauth.revokeAll()
      return done
    case 'POST tokens':
      return { status: 200, body: oauth.issueTokens(books.realmId) }
    case 'POST forget-requests':
      memory.clear()
      return done
    case 'POST limits':
      throttle.limits = limits.parse(JSON.parse(asked.body)).limits ?? undefined
      return done
    case 'POST refusals-as-ok':
      company.refusalsAsOk = asOk.parse(JSON.parse(asked.body)).times
      return done
    case 'POST webhooks':
      webhooks.url = webhook.parse(JSON.parse(asked.body)).url ?? undefined
      return { status: 200, body: { url: webhooks.url ?? null, verifierToken: webhooks.verifierToken } }
    default:
      return { status: 404, body: { message: `No control ${asked.method} ${asked.path}` } }
  }
}

const done: Answer = { status: 200, body: { ok: true } }

/** A person changes, deletes or voids a record: always the newest version, and under the same rules as a program. */
function edit(
  company: Company,
  entity: EntityName,
  id: string,
  operation: 'update' | 'delete' | 'void',
  change: object,
): object {
  const { books } = company
  const { syncToken } = required(books, entity, id)
  const stored = write(books, entity, operation, { ...change, Id: id, SyncToken: String(syncToken), sparse: true })
  return stored === undefined ? { Id: id, status: 'Deleted' } : view(books, stored)
}

function entityOf(name: string): EntityName {
  const entity = entityNames.find((each) => each.toLowerCase() === name.toLowerCase())
  if (entity === undefined) throw new QuickbooksFault('500', `${name} is not an entity`)
  return entity
}
