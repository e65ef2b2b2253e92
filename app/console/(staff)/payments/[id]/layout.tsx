import type { ReactNode } from 'react'
import { readAttempt } from './read-attempt'

type Props = { children: ReactNode; params: Promise<{ id: string }> }

/** Stands outside the skeleton, so that what is not there is answered with 404, not with a page that says so. */
export default async function PaymentLayout({ children, params }: Props) {
  await readAttempt((await params).id)
  return children
}
