import { inflateSync } from 'node:zlib'

/** Everything a PDF draws, as its operators say it: `0.2 0.4 0.6 scn`. */
export function drawnIn(pdf: Buffer): string {
  const streams = [...pdf.toString('latin1').matchAll(/stream\n(.*?)\nendstream/gs)]
  return streams
    .flatMap(([, bytes = '']) => {
      try {
        return [inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1')]
      } catch {
        return [] // a picture's bytes are packed otherwise
      }
    })
    .join('\n')
}

/** A color as pdfkit writes it: three shares of one. */
export function sharesOf(hex: string): string {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).join(' ')
}
