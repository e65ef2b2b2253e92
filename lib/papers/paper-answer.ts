import { fileNameOf, type PaperView } from './paper'

/**
 * A paper to be saved. It is a file of somebody else's: the browser neither shows it on our site nor guesses at what it
 * is, and if it is shown after all, nothing in it may run.
 */
export function paperAnswer(paper: PaperView & { pdf: Buffer }): Response {
  const name = fileNameOf(paper)
  const plain = name.replace(/[^\w.-]/g, '_')
  return new Response(new Uint8Array(paper.pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
