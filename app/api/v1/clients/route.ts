import { serve } from '@/lib/api/answer'
import { listClients } from './operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(listClients)
