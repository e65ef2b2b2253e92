'use client'

import dynamic from 'next/dynamic'

/**
 * The style all pages share, for one that stands in for another: an error, or something that is not there. It is fetched
 * only when it is drawn. Imported by those pages themselves, it would be announced by every page they could stand in for,
 * also by one that brings a style of its own.
 */
export const LateStyle = dynamic(() => import('./shared-style'))
