import { serve } from '@/lib/api/answer'
import { listPayments } from './operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(listPayments)
