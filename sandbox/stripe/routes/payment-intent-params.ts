import { either, flag, ignored, integer, listOf, metadata, oneOf, text, unsettable, word } from '../api/params.ts'
import { automaticMethods, mandateData, methodOptions, shipping } from '../api/shared-params.ts'

/** Parameters by which a PaymentIntent is described, at its creation and later. */
export const intentFields = {
  allowed_payment_method_types: listOf(word),
  amount_details: ignored,
  application_fee_amount: integer,
  automatic_payment_methods: automaticMethods,
  capture_method: oneOf('automatic', 'automatic_async'),
  customer: word,
  description: text,
  excluded_payment_method_types: listOf(word),
  hooks: ignored,
  metadata,
  payment_details: ignored,
  payment_method_configuration: word,
  payment_method_options: methodOptions,
  receipt_email: text,
  setup_future_usage: unsettable(oneOf('off_session', 'on_session')),
  shipping: unsettable(shipping),
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_group: text,
}

/** Parameters by which one is confirmed, together with its creation or on its own. */
export const confirmFields = {
  confirmation_token: word,
  error_on_requires_action: flag,
  mandate: word,
  mandate_data: unsettable(mandateData),
  off_session: either(flag, oneOf('one_off', 'recurring'), (value) => value === 'true' || value === 'false'),
  payment_method: word,
  payment_method_options: methodOptions,
  radar_options: ignored,
  receipt_email: text,
  return_url: word,
  setup_future_usage: unsettable(oneOf('off_session', 'on_session')),
  shipping: unsettable(shipping),
  use_stripe_sdk: flag,
}
