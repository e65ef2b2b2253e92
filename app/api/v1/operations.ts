import type { AnyOperation } from '@/lib/api/operation'
import { createCheckoutSession } from './checkout-sessions/operations'
import { createStatementLink, getClient, listClients } from './clients/operations'
import { createPayLink, getInvoice, listInvoices } from './invoices/operations'
import { getPayment, listPayments } from './payments/operations'
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  listWebhookEndpoints,
} from './webhook-endpoints/operations'

/** Everything the API does, in the order of the document. A route that answers with one that is not here fails a test. */
export const operations: readonly AnyOperation[] = [
  listInvoices,
  getInvoice,
  createPayLink,
  listPayments,
  getPayment,
  listClients,
  getClient,
  createStatementLink,
  createCheckoutSession,
  listWebhookEndpoints,
  createWebhookEndpoint,
  getWebhookEndpoint,
  deleteWebhookEndpoint,
]
