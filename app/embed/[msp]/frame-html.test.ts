import { expect, test } from 'vitest'
import type { FrameFacts, FrameWords } from '@/components/embed/frame'
import { frameHtml } from './frame-html'

const words = new Proxy({} as FrameWords, { get: (_, name) => (typeof name === 'string' ? name : undefined) })
const facts: FrameFacts = { path: '/embed/larkfield', locale: 'en-US', isDialog: false, invoice: '', words }
const page = (more: Partial<FrameFacts>, title = 'Pay') =>
  frameHtml({
    facts: { ...facts, ...more },
    title,
    nonce: 'n0nce',
    theme: 'auto',
    css: ':root{}',
    files: { script: '/embed/frame-1.js', style: '/embed/frame-1.css' },
    stripe: 'https://js.stripe.com',
    noScript: 'Turn scripts on.',
  })

test('nothing that was asked for, and no name, becomes markup or script', () => {
  const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\''
  const html = page({ invoice: hostile, host: hostile }, hostile)
  expect(html).not.toContain('<script>alert')
  expect(html).not.toContain('<img')
  expect(html.match(/<script/g)).toHaveLength(2)
  const data = /id="facts">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
  expect(JSON.parse(data)).toMatchObject({ invoice: hostile, host: hostile })
})

test('every script and style of ours carries the nonce', () => {
  const html = page({})
  for (const tag of html.match(/<(?:script|style)\b[^>]*>/g) ?? [])
    expect(tag).toMatch(/nonce="n0nce"|application\/json/)
})
