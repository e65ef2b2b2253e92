import type { Metadata } from './common.ts'

export type WebhookEndpoint = {
  id: string
  object: 'webhook_endpoint'
  api_version: string | null
  application: null
  created: number
  description: string | null
  enabled_events: string[]
  livemode: false
  metadata: Metadata
  status: 'enabled' | 'disabled'
  url: string
}

export type PaymentMethodDomain = {
  id: string
  object: 'payment_method_domain'
  amazon_pay: { status: 'active' }
  apple_pay: { status: 'active' }
  created: number
  domain_name: string
  enabled: boolean
  google_pay: { status: 'active' }
  klarna: { status: 'active' }
  link: { status: 'active' }
  livemode: false
  paypal: { status: 'active' }
}

export type CustomerSession = {
  object: 'customer_session'
  client_secret: string
  components: object
  created: number
  customer: string
  customer_account: null
  expires_at: number
  livemode: false
}
