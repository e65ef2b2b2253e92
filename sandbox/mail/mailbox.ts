import PostalMime from 'postal-mime'

type Attachment = { filename: string; contentType: string; contentId: string | null; bytes: Buffer }

export type Message = {
  id: string
  /** Simulated time of arrival. */
  at: string
  from: string
  /** Who it was handed in for, which is not always who stands in its head. */
  to: string[]
  subject: string
  text: string
  html: string
  headers: { name: string; value: string }[]
  attachments: Attachment[]
  raw: Buffer
}

/** Everything that was mailed, newest first. Nothing is merged: mail that comes twice is there twice. */
export class Mailbox {
  private kept: Message[] = []
  private count = 0
  private waiting: (() => void)[] = []
  bouncedCount = 0

  async receive(raw: Buffer, envelope: { from: string; to: string[]; at: string }): Promise<Message> {
    const mail = await PostalMime.parse(raw)
    this.count += 1
    const message: Message = {
      id: String(this.count),
      ...envelope,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      headers: mail.headers.map(({ key, originalKey, value }) => ({ name: originalKey ?? key, value })),
      attachments: mail.attachments.map(({ filename, mimeType, contentId, content }) => ({
        filename: filename ?? 'attachment',
        contentType: mimeType,
        contentId: contentId?.replaceAll(/[<>]/g, '') ?? null,
        bytes: typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
      })),
      raw,
    }
    this.kept.unshift(message)
    for (const wake of this.waiting.splice(0)) wake()
    return message
  }

  /** Messages to an address (any part of it), newest first. */
  list(to?: string): Message[] {
    if (to === undefined || to === '') return this.kept
    return this.kept.filter((message) => message.to.some((address) => address.toLowerCase().includes(to.toLowerCase())))
  }

  /** The same, but waits for the first one to come, for at most so long. */
  async awaited(to: string | undefined, after: number, waitMs: number): Promise<Message[]> {
    const deadline = performance.now() + waitMs
    for (;;) {
      const found = this.list(to).filter(({ id }) => Number(id) > after)
      const left = deadline - performance.now()
      if (found.length > 0 || left <= 0) return found
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve)
        setTimeout(resolve, left).unref()
      })
    }
  }

  get(id: string): Message | undefined {
    return this.kept.find((message) => message.id === id)
  }

  get deliveredCount(): number {
    return this.count
  }

  clear(): void {
    this.kept = []
  }
}
