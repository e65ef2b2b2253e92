/** What a bank statement shows of Stripe’s small deposits. */
export type VerifyProof = { descriptorCode: string } | { amounts: [number, number] }

/** Undefined when neither is complete. */
export function proofOf(form: FormData): VerifyProof | undefined {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const code = text('code').toUpperCase()
  if (/^SM[A-Z0-9]{4}$/.test(code)) return { descriptorCode: code }
  const amounts: [number, number] = [Number(text('first')), Number(text('second'))]
  const isGiven = amounts.every((cents) => Number.isInteger(cents) && cents > 0 && cents < 100)
  return code === '' && isGiven ? { amounts } : undefined
}
