import { endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, missing, missingReference } from '../api/errors.ts'
import { page } from '../api/pages.ts'
import { flag, ignored, integer, listOf, oneOf, required, shape, word } from '../api/params.ts'
import { pageFields } from '../api/shared-params.ts'
import { newId } from '../state/state.ts'

const sessionSeconds = 1800

const onOff = oneOf('enabled', 'disabled')
const redisplayFilters = listOf(oneOf('always', 'limited', 'unspecified'))
const paymentElement = shape({
  enabled: required(flag),
  features: shape({
    payment_method_allow_redisplay_filters: redisplayFilters,
    payment_method_redisplay: onOff,
    payment_method_redisplay_limit: integer,
    payment_method_remove: onOff,
    payment_method_save: onOff,
    payment_method_save_usage: oneOf('off_session', 'on_session'),
  }),
})

export const settingsEndpoints = [
  endpoint('GET', '/v1/mandates/:id', nothing, ({ scope, ids }) => {
    const mandate = scope.account.mandates.get(idOf(ids))
    if (mandate === undefined) throw missing('mandate', idOf(ids), 'mandate')
    return mandate
  }),

  endpoint(
    'POST',
    '/v1/customer_sessions',
    shape({
      components: required(
        shape({
          active_entitlements: ignored,
          buy_button: ignored,
          customer_portal: ignored,
          customer_sheet: ignored,
          mobile_payment_element: ignored,
          payment_element: paymentElement,
          pricing_table: ignored,
        }),
      ),
      customer: required(word),
    }),
    ({ scope, params }) => {
      const { state, account } = scope
      if (account.customers.get(params.customer) === undefined) {
        throw missingReference('customer', params.customer, 'customer')
      }
      const secret = newId(state, 'cuss_secret', 51)
      const now = state.clock.seconds()
      const session = {
        object: 'customer_session' as const,
        client_secret: secret,
        components: componentsOf(params.components.payment_element),
        created: now,
        customer: params.customer,
        customer_account: null,
        expires_at: now + sessionSeconds,
        livemode: false as const,
      }
      account.customerSessions.set(secret, session)
      return session
    },
  ),

  endpoint(
    'POST',
    '/v1/payment_method_domains',
    shape({ domain_name: required(word), enabled: flag }),
    ({ scope, params }) => {
      const { state, account } = scope
      if (!/^[a-z0-9.-]+(:\d+)?$/i.test(params.domain_name)) {
        throw invalid(
          `The domain name '${params.domain_name}' is not valid.`,
          'parameter_invalid_string_blank',
          'domain_name',
        )
      }
      const known = [...account.domains.all()].find((domain) => domain.domain_name === params.domain_name)
      const active = { status: 'active' as const }
      return (
        known ??
        account.domains.add({
          id: newId(state, 'pmd'),
          object: 'payment_method_domain',
          amazon_pay: active,
          apple_pay: active,
          created: state.clock.seconds(),
          domain_name: params.domain_name,
          enabled: params.enabled ?? true,
          google_pay: active,
          klarna: active,
          link: active,
          livemode: false,
          paypal: active,
        })
      )
    },
  ),

  endpoint(
    'GET',
    '/v1/payment_method_domains',
    shape({ ...pageFields, domain_name: word, enabled: flag }),
    ({ scope, params }) =>
      page(scope.account.domains, params, {
        url: '/v1/payment_method_domains',
        kind: 'payment method domain',
        keep: ({ domain_name: name, enabled }) =>
          (params.domain_name === undefined || params.domain_name === name) &&
          (params.enabled === undefined || params.enabled === enabled),
      }),
  ),
]

function componentsOf(asked: ReturnType<typeof paymentElement> | undefined): object {
  const off = { enabled: false }
  const features = asked?.features ?? {}
  return {
    active_entitlements: off,
    buy_button: off,
    customer_portal: off,
    customer_sheet: { ...off, features: null },
    mobile_payment_element: { ...off, features: null },
    payment_element: {
      enabled: asked?.enabled ?? false,
      features:
        asked?.enabled === true
          ? {
              payment_method_allow_redisplay_filters: features.payment_method_allow_redisplay_filters ?? ['always'],
              payment_method_redisplay: features.payment_method_redisplay ?? 'disabled',
              payment_method_redisplay_limit: features.payment_method_redisplay_limit ?? null,
              payment_method_remove: features.payment_method_remove ?? 'disabled',
              payment_method_save: features.payment_method_save ?? 'disabled',
              payment_method_save_usage: features.payment_method_save_usage ?? null,
            }
          : null,
    },
    pricing_table: off,
  }
}
