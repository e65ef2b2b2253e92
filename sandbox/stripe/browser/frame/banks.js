/**
 * Banks nobody has, with routing numbers nobody was given, and the test accounts each of them keeps; the account number
 * decides what a debit does.
 */
export const banks = [
  { routing: '990000107', name: 'Genesee Federal' },
  { routing: '990000110', name: 'Canal Street Bank' },
  { routing: '990000123', name: 'First Finger Lakes' },
  { routing: '990000136', name: 'Harbor & Main' },
  { routing: '990000149', name: 'Lakeshore Credit Union' },
  { routing: '990000152', name: 'Summit Ridge Bank' },
  { routing: '990000165', name: 'Old Mill Savings' },
  { routing: '990000178', name: 'Prairie Commerce Bank' },
  { routing: '990000181', name: 'Ravenna Trust (down)', isDown: true },
]

/** Stripe's own, for those who type. */
export const testRoutingNumber = '110000000'

export function bankNamed(routing) {
  return banks.find((bank) => bank.routing === routing)?.name ?? 'STRIPE TEST BANK'
}

export const testAccounts = [
  { number: '000123456789', outcome: 'succeeds' },
  { number: '000222222227', outcome: 'insufficientFunds' },
  { number: '000111111113', outcome: 'accountClosed' },
  { number: '000111111116', outcome: 'noAccount' },
  { number: '000333333335', outcome: 'debitNotAuthorized' },
  { number: '000555555559', outcome: 'dispute' },
  { number: '000000000009', outcome: 'processing' },
  { number: '000777777771', outcome: 'weeklyLimitExceeded' },
  { number: '000000004954', outcome: 'blocked' },
]

/** Nine digits whose weighted sum (3, 7, 1) is a multiple of ten: the American Bankers Association's check. */
export function isRoutingNumber(digits) {
  if (!/^\d{9}$/.test(digits)) return false
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0)
  return sum % 10 === 0
}
