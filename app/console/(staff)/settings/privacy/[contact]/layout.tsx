import type { ReactNode } from 'react'
import { readOutlook } from './read-outlook'

type Props = { children: ReactNode; params: Promise<{ contact: string }> }

/** Stands outside the skeleton, so that who is not there is answered with 404, not with a page that says so. */
export default async function PersonLayout({ children, params }: Props) {
  await readOutlook((await params).contact)
  return children
}
