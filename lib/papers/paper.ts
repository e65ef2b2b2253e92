/** A paper as lists show it: the file itself is read apart. */
export type PaperView = {
  id: string
  title: string
  /** What it is of, a tax year. */
  year?: number
  /** How large the file is. */
  bytes: number
  createdAt: Date
}

/** The same for whoever hands papers out: for whom, by whom, and whether it is still shown. */
export type KeptPaper = PaperView & {
  /** None: it is for every client. */
  client?: { id: string; name: string }
  addedBy: string
  withdrawn?: { at: Date; by: string; isReplaced: boolean }
}

export const paperLimits = {
  titleLength: 120,
  yearMin: 1990,
  yearMax: 2200,
  /** Of the file, and of everything in it once it is unpacked. */
  bytesMax: 3_000_000,
  unpackedMax: 60_000_000,
}

/** Why a file cannot be handed to clients. */
export type PdfRefusal =
  | 'empty'
  | 'too-heavy'
  | 'not-a-pdf'
  | 'cut-off'
  | 'locked'
  | 'active'
  | 'attached'
  | 'unreadable'

/** The same in words, with the cure. */
export const pdfRefusals: Record<PdfRefusal, string> = {
  empty: 'The file is empty. Choose it again.',
  'too-heavy':
    'The file is larger than 3 MB. Save it smaller: scanned pages are often kept larger than they need to be.',
  'not-a-pdf': 'This is not a PDF, whatever its name says. Save the document as PDF first.',
  'cut-off': 'The PDF stops in the middle. Download or save it again.',
  locked: 'The PDF asks for a password or forbids copying. Save it without protection.',
  active:
    'The PDF does something by itself: it runs a script, jumps, or starts a program when it is opened. Print it to a new PDF, and choose that one.',
  attached: 'Other files are packed inside this PDF. Print it to a new PDF, and choose that one.',
  unreadable: 'Parts of the PDF cannot be looked into. Print it to a new PDF, and choose that one.',
}

/** The name a paper is saved under: `W-9-2026.pdf`. Letters of any language stand, whatever else becomes a hyphen. */
export function fileNameOf({ title, year }: Pick<PaperView, 'title' | 'year'>): string {
  const name = [title, year]
    .join(' ')
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return `${name || 'document'}.pdf`
}
