'use client'

import { useEffect } from 'react'

type Props = {
  /** The MSP’s, so that the portals of two do not disturb each other. */
  slug: string
  /** The client that this page is about. */
  clientId: string
  home: string
}

/**
 * A browser has one session, and may have several windows. Once one of them shows another client, what is pressed in the
 * others would be done for that one, under the eyes of somebody who reads the first one's name: they go to its home page.
 */
export function FollowSwitch({ slug, clientId, home }: Props) {
  useEffect(() => {
    const channel = new BroadcastChannel(`portal:${slug}`)
    channel.onmessage = ({ data }) => {
      if (data !== clientId) location.replace(home)
    }
    channel.postMessage(clientId)
    return () => channel.close()
  }, [slug, clientId, home])
  return null
}
