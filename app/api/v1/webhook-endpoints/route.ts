import { serve } from '@/lib/api/answer'
import { createWebhookEndpoint, listWebhookEndpoints } from './operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(listWebhookEndpoints, createWebhookEndpoint)
