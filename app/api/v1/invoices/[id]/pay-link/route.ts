import { serve } from '@/lib/api/answer'
import { createPayLink } from '../../operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(createPayLink)
