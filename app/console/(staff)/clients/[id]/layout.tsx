import type { ReactNode } from 'react'
import { readClient } from './read-client'

type Props = { children: ReactNode; params: Promise<{ id: string }> }

/** Stands outside the skeleton, so that what is not there is answered with 404, not with a page that says so. */
export default async function ClientLayout({ children, params }: Props) {
  await readClient((await params).id)
  return children
}
