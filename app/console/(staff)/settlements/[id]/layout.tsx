import type { ReactNode } from 'react'
import { readPayout } from './read-payout'

type Props = { children: ReactNode; params: Promise<{ id: string }> }

/** Stands outside the skeleton, so that what is not there is answered with 404, not with a page that says so. */
export default async function SettlementLayout({ children, params }: Props) {
  await readPayout((await params).id)
  return children
}
