/**
 * Institutions nobody has, with numbers nobody was given, each with one branch and the test accounts it keeps; the
 * account number decides what a debit does.
 */
export const canadianBanks = [
  { institution: '980', transit: '11001', name: 'Caisse du Saguenay' },
  { institution: '981', transit: '11002', name: 'Banque Rive-Nord' },
  { institution: '982', transit: '11003', name: 'Red River Bank' },
  { institution: '983', transit: '11004', name: 'Fundy Commerce Bank' },
  { institution: '984', transit: '11005', name: 'Cascade Credit Union' },
  { institution: '985', transit: '11006', name: 'Laurentide Trust (down)', isDown: true },
]

/** Stripe's own, for those who type. */
export const testBranch = { institution: '000', transit: '11000', name: 'STRIPE TEST BANK' }

/** The bank that keeps a branch; undefined for one that does not exist. */
export function branchAt(institution, transit) {
  return [testBranch, ...canadianBanks].find((bank) => bank.institution === institution && bank.transit === transit)
}

export const canadianTestAccounts = [
  { number: '000123456789', outcome: 'succeeds' },
  { number: '900123456789', outcome: 'succeedsSoon' },
  { number: '000222222227', outcome: 'insufficientFunds' },
  { number: '900222222227', outcome: 'failsSoon' },
  { number: '000777777771', outcome: 'weeklyLimitExceeded' },
  { number: '000888888881', outcome: 'transactionLimitExceeded' },
]
