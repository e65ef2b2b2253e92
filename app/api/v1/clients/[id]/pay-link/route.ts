import { serve } from '@/lib/api/answer'
import { createStatementLink } from '../../operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(createStatementLink)
