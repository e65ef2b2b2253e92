import { refuse } from '@/lib/api/answer'

const nothingHere = refuse([])

export { nothingHere as DELETE, nothingHere as GET, nothingHere as PATCH, nothingHere as POST, nothingHere as PUT }
