import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Bundles test-page.tsx and serves it from an origin of its own; nothing runs in it that its policy does not name. */
export async function serveHost(stripe: string): Promise<{ url: string; close: () => Promise<void> }> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('test-page.tsx', import.meta.url))],
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'silent',
  })
  const code = bundle.outputFiles[0]?.text ?? ''
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(code)
      return
    }
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    const nonce = randomBytes(12).toString('base64')
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy(nonce, stripe) })
    response.end(html(nonce, stripe))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { url: `http://127.0.0.1:${port}`, close }
}

function policy(nonce: string, stripe: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `frame-src ${stripe}`,
    `connect-src ${stripe}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "img-src 'self'",
    "base-uri 'none'",
  ].join('; ')
}

function html(nonce: string, stripe: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Pay invoice 20418</title>
    <style nonce="${nonce}">
      body { margin: 0; padding: 40px 16px; font: 16px/1.5 system-ui, sans-serif; background: #f5f7f6; color: #151a21 }
      form { display: grid; gap: 20px; max-width: 434px; margin: 0 auto; padding: 24px; background: #fff; border-radius: 14px }
      h1 { margin: 0; font-size: 17px }
      form > button { padding: 12px; border: 0; border-radius: 10px; background: #0e5a4a; color: #fff; font: inherit; font-weight: 600 }
      output { overflow-wrap: anywhere; font-size: 12px }
      [data-theme=night] { background: #14151d; color: #fff }
      [data-theme=night] form { background: #1c1d27 }
      @media (max-width: 600px) { body { padding: 12px 8px } form { padding: 16px } }
    </style>
    <script nonce="${nonce}" src="${stripe}/stripe.js"></script>
  </head>
  <body><div id="root"></div><script nonce="${nonce}" src="/page.js"></script></body>
</html>`
}
