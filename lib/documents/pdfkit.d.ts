/** The part of pdfkit that lib/documents uses; the package brings no types. */
declare module 'pdfkit' {
  type TextOptions = {
    width?: number
    align?: 'left' | 'right'
    continued?: boolean
    features?: string[]
  }
  type StructureOptions = { alt?: string; scope?: 'Column' | 'Row'; title?: string }

  export interface StructureElement {
    add(child: StructureElement | (() => void)): this
    end(): void
  }

  export default class PDFDocument {
    constructor(options: {
      size: 'LETTER' | 'A4'
      margins: { top: number; bottom: number; left: number; right: number }
      font: Buffer
      pdfVersion: '1.7'
      subset: 'PDF/UA'
      tagged: true
      lang: string
      displayTitle: true
      bufferPages: true
      info: { Title: string; Author: string; Creator: string; Producer: string; CreationDate: Date }
    })
    readonly page: { width: number; height: number; margins: { bottom: number } }
    y: number
    struct(type: string, options: StructureOptions, child: () => void): StructureElement
    struct(type: string, child?: () => void): StructureElement
    addStructure(element: StructureElement): this
    markContent(tag: 'Artifact', options: { type: 'Pagination' | 'Layout' }): this
    endMarkedContent(): this
    registerFont(name: string, source: Buffer): this
    font(name: string): this
    fontSize(size: number): this
    fillColor(color: string): this
    strokeColor(color: string): this
    lineWidth(width: number): this
    text(text: string, x?: number, y?: number, options?: TextOptions): this
    heightOfString(text: string, options: TextOptions): number
    widthOfString(text: string, options?: TextOptions): number
    image(source: Buffer, x: number, y: number, size: { width: number; height: number }): this
    roundedRect(x: number, y: number, width: number, height: number, radius: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    fill(color?: string): this
    stroke(): this
    addPage(): this
    bufferedPageRange(): { start: number; count: number }
    switchToPage(page: number): this
    on(event: 'data', listener: (chunk: Buffer) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
    end(): void
  }
}
