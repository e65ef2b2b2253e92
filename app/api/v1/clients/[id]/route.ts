import { serve } from '@/lib/api/answer'
import { getClient } from '../operations'

export const { GET, POST, PUT, PATCH, DELETE } = serve(getClient)
