/** DNS on the wire (RFC 1035), as far as one question and its answers go. */

export type Question = { id: number; name: string; type: number; raw: Buffer }
export type Answer = { type: 'CNAME' | 'TXT'; value: string }

const codes = { CNAME: 5, TXT: 16 } as const
export const typeOf = (code: number): Answer['type'] | undefined =>
  code === codes.CNAME ? 'CNAME' : code === codes.TXT ? 'TXT' : undefined

/** @returns undefined when it is not one plain question */
export function readQuestion(packet: Buffer): Question | undefined {
  if (packet.length < 17 || packet.readUInt16BE(4) !== 1) return undefined
  const labels: string[] = []
  let at = 12
  for (let length = packet[at] ?? 0; length > 0 && length < 64; length = packet[at] ?? 0) {
    labels.push(packet.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += length + 1
  }
  at += 1
  if (at + 4 > packet.length) return undefined
  return {
    id: packet.readUInt16BE(0),
    name: labels.join('.').toLowerCase(),
    type: packet.readUInt16BE(at),
    raw: packet.subarray(12, at + 4),
  }
}

/** @param isKnown false: no such name at all */
export function writeAnswer(question: Question, answers: Answer[], isKnown: boolean): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(question.id, 0)
  // An answer, authoritative, recursion available; 3 is “no such name”.
  head.writeUInt16BE(0x8580 | (isKnown ? 0 : 3), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(answers.length, 6)
  return Buffer.concat([head, question.raw, ...answers.map(record)])
}

function record({ type, value }: Answer): Buffer {
  const data = type === 'TXT' ? text(value) : name(value)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0) // the name of the question
  head.writeUInt16BE(codes[type], 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(60, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  const parts = []
  for (let at = 0; at < bytes.length; at += 255) {
    const part = bytes.subarray(at, at + 255)
    parts.push(Buffer.from([part.length]), part)
  }
  return Buffer.concat(parts)
}

function name(value: string): Buffer {
  const labels = value.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}
