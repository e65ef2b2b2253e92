/** The MSP of the demo, as it would fill in the forms itself. Its clients and invoices come from its PSA. */
export const larkfield = {
  slug: 'larkfield',
  name: 'Larkfield IT',
  legalName: 'Larkfield IT, Inc.',
  timeZone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  brand: {
    color: '#0e5a4a',
    canvas: '#f5f7f6',
    radius: 10,
    initials: 'L',
    senderName: 'Larkfield IT',
    supportEmail: 'billing@larkfield.example',
    supportPhone: '(585) 555-0142',
    postalAddress: '88 St. Paul Street, Rochester, NY 14604',
    payByCheck: 'Make checks payable to Larkfield IT, Inc. and mail them to 88 St. Paul Street, Rochester, NY 14604.',
  },
  owner: { email: 'renee@larkfield.example', name: 'Renee Okafor' },
  finance: { email: 'marcus@larkfield.example', name: 'Marcus Bell' },
}
