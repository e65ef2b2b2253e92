/** What people call the systems we connect to, by connector id. */
const names: Record<string, string> = {
  connectwise: 'ConnectWise',
  'quickbooks-online': 'QuickBooks',
  stripe: 'Stripe',
}

/** The name for sentences: "deleted in QuickBooks". */
export function systemName({ connector, accountName }: { connector: string; accountName: string }): string {
  return names[connector] ?? accountName
}
