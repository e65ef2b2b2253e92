import type { Block, FootLink, Letter, Sender } from './letter'

/** The plain-text part: every fact of the HTML part, in the same order. */
export function letterText(letter: Letter, sender: Sender): string {
  const foot = [addressLine(sender), ...letter.foot.map(footText)].filter((line) => line !== '')
  return [...letter.blocks.map(blockText), '--', foot.join('\n')].join('\n\n').concat('\n')
}

/** Who writes, where, and how to reach them. */
export function addressLine({ name, brand }: Sender): string {
  return [name, brand.postalAddress, brand.supportPhone].filter((part) => part !== '').join(', ')
}

function footText(line: string | FootLink): string {
  return typeof line === 'string' ? line : lines(`${line.text}:`, line.url)
}

function blockText(block: Block): string {
  switch (block.is) {
    case 'paragraph':
      return block.text
    case 'amount':
      return lines(block.text, block.under)
    case 'button':
      return lines(`${block.label}:`, block.url, block.under)
    case 'notice':
      return lines(block.title, block.text)
    case 'rows':
      return block.rows
        .map(({ label, note, value }) => `${label}${note === undefined ? '' : ` ${note}`}: ${value}`)
        .join('\n')
  }
}

function lines(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n')
}
