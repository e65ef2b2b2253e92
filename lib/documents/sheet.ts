import 'server-only'
import PDFDocument, { type StructureElement } from 'pdfkit'
import { fontFile, fontNames, runsOf } from './fonts'
import type { Letterhead } from './issuer'

const margin = 54 // 0.75 in
const ink = '#151a21'
const second = '#4b5461'
const third = '#626c79'
const hairline = '#d6dbe1'

type Look = { size: number; color?: string; bold?: boolean; align?: 'left' | 'right' }
export type Cell = { text: string; bold?: boolean; color?: string }
export type Column = { heading: string; width: number; align?: 'left' | 'right' }

/**
 * A sheet of US Letter, black on white, as a tagged PDF: what is drawn is also said, in order, to a screen reader.
 * Everything goes through here, so that a document is a list of what it says.
 */
export class Sheet {
  readonly #pdf: PDFDocument
  readonly #root: StructureElement
  readonly #done: Promise<Buffer>
  readonly #left = margin
  readonly #right: number
  readonly #bottom: number
  #y = margin

  constructor(about: { title: string; author: string; language: string; at: Date }) {
    const { title, author, language, at } = about
    this.#pdf = new PDFDocument({
      ...{ size: 'LETTER', pdfVersion: '1.7', subset: 'PDF/UA', tagged: true, displayTitle: true, bufferPages: true },
      // The page breaks are ours: a row is never cut.
      margins: { top: margin, left: margin, right: margin, bottom: 0 },
      font: fontFile('latin-400'),
      lang: language,
      info: { Title: title, Author: author, Creator: 'Closeloop', Producer: 'pdfkit', CreationDate: at },
    })
    const chunks: Buffer[] = []
    this.#done = new Promise((resolve, reject) => {
      this.#pdf.on('data', (chunk) => chunks.push(chunk))
      this.#pdf.on('end', () => resolve(Buffer.concat(chunks)))
      this.#pdf.on('error', reject)
    })
    for (const name of fontNames) this.#pdf.registerFont(name, fontFile(name))
    this.#right = this.#pdf.page.width - margin
    this.#bottom = this.#pdf.page.height - margin - 36
    this.#root = this.#pdf.struct('Document')
    this.#pdf.addStructure(this.#root)
  }

  /** The MSP's mark and name at the left, how to reach it at the right. */
  letterhead(from: Letterhead): void {
    const { logo, name } = from
    // A very wide logo is drawn lower, so that the address keeps its place.
    const height = logo === undefined ? 22 : Math.min(22, (220 * logo.height) / logo.width)
    const width = logo === undefined ? 22 : (logo.width * height) / logo.height
    const draw = () =>
      logo === undefined
        ? this.#tile(from.initials, from.color)
        : this.#pdf.image(logo.png, this.#left, this.#y, { width, height })
    if (logo?.showsName === true) this.#root.add(this.#pdf.struct('Figure', { alt: name }, draw))
    else {
      this.#decorate(draw)
      this.#say('P', name, this.#left + width + 8, this.#y + 4, 230, { size: 12, bold: true })
    }
    let y = this.#y
    for (const line of from.lines) {
      this.#say('P', line, this.#right - 220, y, 220, { size: 8.5, color: third, align: 'right' })
      y += 12
    }
    this.#y = Math.max(this.#y + 22, y) + 32
  }

  title(text: string, under?: string): void {
    this.#flow('H1', text, { size: 20, bold: true }, 3)
    if (under !== undefined) this.#flow('P', under, { size: 10.5, color: second })
  }

  paragraph(text: string): void {
    this.#y += 20
    this.#flow('P', text, { size: 10.5, color: second }, 0, 340)
  }

  /** Facts side by side, between two lines. */
  facts(facts: { label: string; value: string }[]): void {
    this.#y += 20
    this.#rule(hairline, 0.5)
    const gap = 14
    const width = (this.#right - this.#left - gap * (facts.length - 1)) / facts.length
    const heights = facts.map(({ value }) => this.#heightOf(value, width, { size: 10.5 }))
    facts.forEach(({ label, value }, at) => {
      const x = this.#left + at * (width + gap)
      const pair = this.#pdf.struct('P')
      this.#root.add(pair)
      pair.add(this.#pdf.struct('Span', () => this.#write(label, x, this.#y + 12, width, { size: 8.5, color: third })))
      pair.add(this.#pdf.struct('Span', () => this.#write(value, x, this.#y + 24, width, { size: 10.5 })))
      pair.end()
    })
    this.#y += 36 + Math.max(12, ...heights)
    this.#rule(hairline, 0.5)
    this.#y += 6
  }

  /** A real table; its head is repeated on every page. Rows do not break. */
  table(columns: Column[], rows: Cell[][]): void {
    this.#y += 20
    const table = this.#pdf.struct('Table')
    this.#root.add(table)
    const places = placesOf(columns, this.#left, this.#right)
    this.#head(columns, places, table)
    for (const row of rows) {
      const height = Math.max(...row.map((cell, at) => this.#heightOf(cell.text, places[at]?.width ?? 0, { size: 10 })))
      if (this.#y + height + 13 > this.#bottom) {
        this.#pdf.addPage()
        this.#y = margin + 24
        this.#decorate(() => this.#writeHead(columns, places))
        this.#y += 17
        this.#rule(ink, 0.75)
      }
      const line = this.#pdf.struct('TR')
      table.add(line)
      row.forEach((cell, at) => {
        const place = places[at]
        if (place === undefined) return
        const look = { size: 10, align: place.align, color: cell.color ?? ink, bold: cell.bold ?? false }
        line.add(this.#pdf.struct('TD', () => this.#write(cell.text, place.x, this.#y + 6.5, place.width, look)))
      })
      line.end()
      this.#y += height + 13
      this.#rule(hairline, 0.5)
    }
    table.end()
  }

  /** Sums at the right, each adding to the one below. */
  sums(sums: { label: string; value: string; weight?: 'plain' | 'quiet' | 'total' }[]): void {
    const width = 232
    const x = this.#right - width
    this.#keep(sums.length * 22 + 10)
    this.#y += 8
    const table = this.#pdf.struct('Table')
    this.#root.add(table)
    for (const { label, value, weight = 'plain' } of sums) {
      const isTotal = weight === 'total'
      if (isTotal) {
        this.#y += 4
        this.#rule(ink, 0.75, x)
        this.#y += 3
      }
      const look = { size: isTotal ? 12 : 10.5, bold: isTotal }
      const line = this.#pdf.struct('TR')
      table.add(line)
      const y = this.#y + 4
      const quiet = weight === 'quiet' ? { color: second } : {}
      line.add(
        this.#pdf.struct('TH', { scope: 'Row' }, () => this.#write(label, x, y, width - 92, { ...look, ...quiet })),
      )
      line.add(this.#pdf.struct('TD', () => this.#write(value, this.#right - 90, y, 90, { ...look, align: 'right' })))
      line.end()
      this.#y += isTotal ? 24 : 20
    }
    table.end()
  }

  /** Small print at the foot of every page, and from the second page on a running head. */
  async finish(foot: {
    left: string[]
    right: string[]
    page: (page: number, pages: number) => string
    running: (page: number, pages: number) => string
  }): Promise<Buffer> {
    const { count } = this.#pdf.bufferedPageRange()
    const small = { size: 8.5, color: third }
    for (let at = 0; at < count; at++) {
      this.#pdf.switchToPage(at)
      const bottom = this.#pdf.page.height - margin
      const right = [...foot.right, foot.page(at + 1, count)]
      this.#decorate(() => {
        if (at > 0) this.#write(foot.running(at + 1, count), this.#left, 36, this.#right - this.#left, small)
        foot.left.forEach((line, row) => {
          this.#write(line, this.#left, bottom - 12.5 * (foot.left.length - row), 280, small)
        })
        right.forEach((line, row) => {
          const y = bottom - 12.5 * (right.length - row)
          this.#write(line, this.#right - 220, y, 220, { ...small, align: 'right' })
        })
      }, 'Pagination')
    }
    this.#root.end()
    this.#pdf.end()
    return this.#done
  }

  #tile(initials: string, color: string): void {
    this.#pdf.roundedRect(this.#left, this.#y, 22, 22, 6).fill(color)
    this.#write(initials, this.#left + 2, this.#y + 5, 18, { size: 10, color: '#ffffff', bold: true }, true)
  }

  #head(columns: Column[], places: Place[], table: StructureElement): void {
    this.#keep(60)
    const head = this.#pdf.struct('TR')
    table.add(head)
    columns.forEach(({ heading }, at) => {
      const place = places[at]
      if (place === undefined) return
      const look = { size: 8.5, color: third, align: place.align }
      head.add(
        this.#pdf.struct('TH', { scope: 'Column' }, () => this.#write(heading, place.x, this.#y, place.width, look)),
      )
    })
    head.end()
    this.#y += 17
    this.#rule(ink, 0.75)
  }

  #writeHead(columns: Column[], places: Place[]): void {
    columns.forEach(({ heading }, at) => {
      const place = places[at]
      if (place !== undefined)
        this.#write(heading, place.x, this.#y, place.width, { size: 8.5, color: third, align: place.align })
    })
  }

  #flow(tag: string, text: string, look: Look, after = 0, width = this.#right - this.#left): void {
    const height = this.#heightOf(text, width, look)
    this.#keep(height)
    this.#say(tag, text, this.#left, this.#y, width, look)
    this.#y += height + after
  }

  #say(tag: string, text: string, x: number, y: number, width: number, look: Look): void {
    this.#root.add(this.#pdf.struct(tag, () => this.#write(text, x, y, width, look)))
  }

  /** Lines and repetitions that carry no meaning of their own. */
  #decorate(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.#pdf.markContent('Artifact', { type })
    draw()
    this.#pdf.endMarkedContent()
  }

  #rule(color: string, width: number, from = this.#left): void {
    this.#decorate(() => {
      this.#pdf.lineWidth(width).strokeColor(color).moveTo(from, this.#y).lineTo(this.#right, this.#y).stroke()
    })
  }

  #keep(height: number): void {
    if (this.#y + height <= this.#bottom) return
    this.#pdf.addPage()
    this.#y = margin + 24
  }

  #write(text: string, x: number, y: number, width: number, look: Look, center = false): void {
    const { size, color = ink, bold = false, align = 'left' } = look
    this.#pdf.fontSize(size).fillColor(color)
    const runs = runsOf(text)
    const start = center ? x + (width - this.#pdf.font('latin-600').widthOfString(text)) / 2 : x
    runs.forEach((run, at) => {
      const options = { width, align, features: ['tnum', 'kern'], continued: at < runs.length - 1 }
      this.#pdf.font(`${run.part}-${bold ? 600 : 400}`)
      if (at === 0) this.#pdf.text(run.text, start, y, options)
      else this.#pdf.text(run.text, undefined, undefined, options)
    })
  }

  #heightOf(text: string, width: number, { size, bold = false }: Look): number {
    return this.#pdf
      .font(bold ? 'latin-600' : 'latin-400')
      .fontSize(size)
      .heightOfString(text, { width })
  }
}

type Place = { x: number; width: number; align: 'left' | 'right' }

/** The first column takes what the others leave. */
function placesOf(columns: Column[], left: number, right: number): Place[] {
  const taken = columns.slice(1).reduce((sum, { width }) => sum + width, 0)
  let x = left
  return columns.map(({ width, align = 'left' }, at) => {
    const own = at === 0 ? right - left - taken : width
    const place: Place = { x, width: at === 0 ? own - 12 : own, align }
    x += own
    return place
  })
}
