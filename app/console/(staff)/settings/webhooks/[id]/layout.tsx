import type { ReactNode } from 'react'
import { endpointOrNotFound } from './read-endpoint'

type Props = { children: ReactNode; params: Promise<{ id: string }> }

/** Stands outside the skeleton, so that what is not there is answered with 404, not with a page that says so. */
export default async function EndpointLayout({ children, params }: Props) {
  await endpointOrNotFound((await params).id)
  return children
}
