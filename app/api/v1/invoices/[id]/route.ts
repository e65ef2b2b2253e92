import { serve } from '@/lib/api/answer'
import { getInvoice } from '../operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(getInvoice)
