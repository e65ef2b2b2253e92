import { newAccount } from '../accounts/new-account.ts'
import { openLink } from '../accounts/onboarding.ts'
import { endpoint, idOf, nothing } from '../api/call.ts'
import { forbidden, invalid, malformed } from '../api/errors.ts'
import type { FormValue } from '../api/form.ts'
import { page, within } from '../api/pages.ts'
import { flag, ignored, metadata, oneOf, type Rule, required, shape, text, unsettable, word } from '../api/params.ts'
import { pageFields, timeFilter } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import { mergeMetadata } from '../objects/common.ts'
import type { Account } from '../state/account.ts'
import { newId, type Scope } from '../state/state.ts'

/** Any capability by name, each with `requested`. */
const capabilities: Rule<Record<string, boolean>> = (value, at) => {
  if (typeof value === 'string') throw malformed('Invalid object', undefined, at)
  const requested = shape({ requested: flag })
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, requested(each, `${at}[${name}]`).requested === true]),
  )
}

const profile = shape({
  annual_revenue: ignored,
  estimated_worker_count: ignored,
  mcc: text,
  minority_owned_business_designation: ignored,
  monthly_estimated_revenue: ignored,
  name: text,
  product_description: text,
  specified_commercial_transactions_act_url: ignored,
  support_address: ignored,
  support_email: text,
  support_phone: text,
  support_url: text,
  url: text,
})

const common = {
  account_token: ignored,
  business_profile: profile,
  business_type: unsettable(oneOf('company', 'government_entity', 'individual', 'non_profit')),
  capabilities,
  company: ignored,
  default_currency: word,
  documents: ignored,
  email: text,
  external_account: ignored,
  groups: ignored,
  individual: ignored,
  metadata,
  settings: ignored,
  tos_acceptance: ignored,
}
const create = shape({
  ...common,
  controller: shape({
    fees: shape({ payer: oneOf('account', 'application') }),
    losses: shape({ payments: oneOf('application', 'stripe') }),
    requirement_collection: oneOf('application', 'stripe'),
    stripe_dashboard: shape({ type: oneOf('express', 'full', 'none') }),
  }),
  country: word,
  type: oneOf('custom', 'express', 'standard'),
})

export const accountEndpoints = [
  endpoint('GET', '/v1/account', nothing, ({ scope }) => scope.account.wire),

  endpoint('POST', '/v1/accounts', create, ({ scope, caller, params }) => {
    const { state } = scope
    if (!caller.isPlatform) {
      throw invalid(
        "You can only create new accounts if you've signed up for Connect, which you can do at https://dashboard.stripe.com/connect.",
      )
    }
    if (params.type !== undefined && params.controller !== undefined) {
      throw malformed(
        'You may only specify one of these parameters: controller, type.',
        'parameters_exclusive',
        'controller',
      )
    }
    const account = newAccount(state, {
      application: applicationOf(state.platform),
      created: state.clock.seconds(),
      email: params.email ?? null,
      country: params.country ?? 'US',
      metadata: mergeMetadata({}, params.metadata ?? null),
      name: params.business_profile?.name ?? null,
      requested: Object.entries(params.capabilities ?? {}).flatMap(([name, isRequested]) =>
        isRequested ? [name] : [],
      ),
      controller: params.controller ?? {},
      businessType: params.business_type ?? null,
    })
    Object.assign(account.wire.business_profile, texts(params.business_profile))
    return account.wire
  }),

  endpoint('GET', '/v1/accounts', shape({ ...pageFields, created: timeFilter }), ({ scope, params }) =>
    page(scope.state.connectedAccounts, params, {
      url: '/v1/accounts',
      kind: 'account',
      keep: ({ wire }) => within(params.created, wire.created),
      render: ({ wire }) => wire,
    }),
  ),

  endpoint('GET', '/v1/accounts/:id', nothing, ({ scope, ids }) => accountAt(scope, idOf(ids)).wire),

  endpoint('POST', '/v1/accounts/:id', shape(common), ({ scope, ids, params }) => {
    const account = accountAt(scope, idOf(ids))
    const { wire } = account
    const previous = { metadata: wire.metadata, email: wire.email, business_profile: { ...wire.business_profile } }
    if (params.email !== undefined) wire.email = params.email
    if (params.metadata !== undefined) wire.metadata = mergeMetadata(wire.metadata, params.metadata)
    Object.assign(wire.business_profile, texts(params.business_profile))
    for (const [name, isRequested] of Object.entries(params.capabilities ?? {})) {
      wire.capabilities[name] = isRequested ? (wire.details_submitted ? 'active' : 'inactive') : 'inactive'
    }
    emit({ ...scope, account }, 'account.updated', wire, previous)
    return wire
  }),

  endpoint(
    'POST',
    '/v1/account_links',
    shape({
      account: required(word),
      collect: oneOf('currently_due', 'eventually_due'),
      collection_options: ignored,
      refresh_url: word,
      return_url: word,
      type: required(oneOf('account_onboarding', 'account_update')),
    }),
    ({ scope, caller, params }) => {
      const account = scope.state.accounts.get(params.account)
      if (!caller.isPlatform || account === undefined || account.application === null) {
        throw invalid(`No such account: '${params.account}'`, 'resource_missing', 'account')
      }
      const { refresh_url: refreshUrl, return_url: returnUrl } = params
      if (refreshUrl === undefined)
        throw malformed('Missing required param: refresh_url.', 'parameter_missing', 'refresh_url')
      if (returnUrl === undefined)
        throw malformed('Missing required param: return_url.', 'parameter_missing', 'return_url')
      return openLink(scope.state, account, { refreshUrl, returnUrl, token: newId(scope.state, 'acctlink', 16) })
    },
  ),
]

function accountAt({ state, account }: Scope, id: string): Account {
  if (id === account.id) return account
  const other = state.accounts.get(id)
  if (account === state.platform && other !== undefined && other.application !== null) return other
  throw forbidden(
    `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`,
    'account_invalid',
  )
}

function applicationOf(platform: Account): string {
  return `ca_${platform.id.slice('acct_'.length)}`
}

/** The plain texts of a group of parameters. */
function texts(
  group: Record<string, FormValue | string | null | undefined> | undefined,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(group ?? {}).filter(
      (entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === 'string',
    ),
  )
}
