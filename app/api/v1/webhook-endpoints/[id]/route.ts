import { serve } from '@/lib/api/answer'
import { deleteWebhookEndpoint, getWebhookEndpoint } from '../operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(getWebhookEndpoint, deleteWebhookEndpoint)
