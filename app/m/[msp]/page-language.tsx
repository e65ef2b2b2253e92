'use client'

import { useEffect } from 'react'

/**
 * Keeps `<html lang>` true where the page changes without being loaded anew, as after signing in: the document stays,
 * and the person may speak another language than the door.
 */
export function PageLanguage({ locale }: { locale: string }) {
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  return null
}
