/**
 * The text of an SVG as it is given to be drawn: UTF-8, without declarations. What is checked is what is drawn, so no
 * other encoding can say something else to the next reader. A document type without content (as drawing programs write
 * it) is dropped; one that declares anything is refused, since entities are how a small file becomes a large one or
 * reads another.
 * @returns undefined when it declares entities
 */
export function cleanSvg(file: Buffer): Buffer | undefined {
  const text = file
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/<\?[\s\S]*?\?>/g, '')
    .replace(/<!doctype\s+svg(\s+public\s+("[^"]*"|'[^']*')\s+("[^"]*"|'[^']*'))?\s*>/i, '')
  return /<!(?!--|\[CDATA\[)/i.test(text) ? undefined : Buffer.from(text.trim(), 'utf8')
}
