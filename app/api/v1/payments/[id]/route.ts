import { serve } from '@/lib/api/answer'
import { getPayment } from '../operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(getPayment)
