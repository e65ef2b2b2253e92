const names: Record<string, string> = {
  connectwise: 'ConnectWise',
  'quickbooks-online': 'QuickBooks',
  stripe: 'Stripe',
}

/** What people call an outside system. */
export function connectorName(connector: string | null | undefined, otherwise: string): string {
  return connector == null ? otherwise : (names[connector] ?? connector)
}
