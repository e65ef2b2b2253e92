import { z } from 'zod'
import { missing } from '@/lib/api/api-error'
import { Client, ClientList } from '@/lib/api/client'
import { makeStatementLink, StatementLink } from '@/lib/api/make-statement-link'
import { operation } from '@/lib/api/operation'
import { paging } from '@/lib/api/paging'
import { readClient, readClients } from '@/lib/api/read-clients'

export const listClients = operation({
  id: 'listClients',
  method: 'GET',
  path: '/clients',
  tag: 'Clients',
  summary: 'List clients',
  scope: 'read',
  query: z.strictObject({
    name: z.string().min(1).max(200).optional().describe('With this name, in capitals or not.'),
    identifier: z.string().min(1).max(100).optional().describe('As the PSA abbreviates it, in capitals or not.'),
    ...paging,
  }),
  answer: ClientList,
  run: (tx, _, { query }) => readClients(tx, query),
})

export const getClient = operation({
  id: 'getClient',
  method: 'GET',
  path: '/clients/{id}',
  tag: 'Clients',
  summary: 'Get a client',
  description: 'With its people, what it owes and its credit.',
  scope: 'read',
  of: 'client',
  answer: Client,
  run: async (tx, _, { id }) => {
    const client = await readClient(tx, id)
    if (client === undefined) throw missing('client', id)
    return client
  },
})

export const createStatementLink = operation({
  id: 'createStatementLink',
  method: 'POST',
  path: '/clients/{id}/pay-link',
  tag: 'Clients',
  summary: 'Make a pay link to a statement',
  description:
    'A new link with which anybody can pay what this client owes, all of it or some: the invoices that are open when it is opened. Links made before keep working. Returned links are shown once: only their hash is kept.',
  scope: 'write',
  of: 'client',
  body: z.strictObject({
    delivery: z
      .enum(['return', 'mail'])
      .default('return')
      .describe(
        '`return` answers with the link. `mail` sends the open invoices with a link of their own to the billing contact.',
      ),
  }),
  status: 201,
  answer: StatementLink,
  run: (tx, actor, { id, body }) => makeStatementLink(tx, actor, id, body.delivery),
})
