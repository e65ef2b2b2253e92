import { serve } from '@/lib/api/answer'
import { listInvoices } from './operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(listInvoices)
