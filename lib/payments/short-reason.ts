/** Why a client pays less, as the MSP’s people read it in the PSA. */
const words = {
  not_finished: 'Work not finished',
  price: 'The price is not what was agreed',
  credit_due: 'Waiting for a credit',
  agreed: 'Agreed with you',
  later: 'The rest follows later',
  other: 'Another reason',
}

export function shortReasonText({ code, text }: { code: keyof typeof words; text: string }): string {
  return text === '' ? words[code] : `${words[code]}: ${text}`
}
