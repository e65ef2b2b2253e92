/** The number a receipt goes by: short, derived from the payment's id, so that it is the same wherever it is shown. */
export function receiptNumber(attemptId: string): string {
  return `R-${attemptId.replaceAll('-', '').slice(-8).toUpperCase()}`
}
