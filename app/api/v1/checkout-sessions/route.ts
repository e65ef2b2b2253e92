import { serve } from '@/lib/api/answer'
import { createCheckoutSession } from './operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(createCheckoutSession)
