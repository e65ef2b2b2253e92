/** A mistake of the page's programmer, thrown where it is made. */
export class IntegrationError extends Error {
  name = 'IntegrationError'
}

/** Refuses what Stripe.js endive refuses; options it does not know are warned about, as there. */
export function checkElementsOptions(options) {
  for (const removed of ['paymentMethodTypes', 'payment_method_types']) {
    if (!(removed in options)) continue
    throw new IntegrationError(
      `Invalid value for elements(): ${removed} is no longer supported. Use allowedPaymentMethodTypes, excludedPaymentMethodTypes or paymentMethodConfiguration instead.`,
    )
  }
  const { mode, clientSecret, currency, amount } = options
  if (mode !== undefined && clientSecret !== undefined) {
    throw new IntegrationError('Invalid value for elements(): pass either clientSecret or mode, not both.')
  }
  if (mode !== undefined && !['payment', 'setup', 'subscription'].includes(mode)) {
    throw new IntegrationError(
      `Invalid value for elements(): mode should be payment, setup or subscription, not ${mode}.`,
    )
  }
  if (clientSecret !== undefined && !/^(?:pi|seti)_\w+_secret_\w+$/.test(clientSecret)) {
    throw new IntegrationError(
      `Invalid value for elements(): clientSecret should be a client secret of the form \${id}_secret_\${secret}. You specified: ${clientSecret}.`,
    )
  }
  if (mode === 'payment' || mode === 'subscription') {
    if (!Number.isInteger(amount) || amount < 0) {
      throw new IntegrationError('Invalid value for elements(): amount should be a whole number of the smallest unit.')
    }
    if (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency)) {
      throw new IntegrationError('Invalid value for elements(): currency should be a lower-case three-letter code.')
    }
  }
  const exclusive = ['allowedPaymentMethodTypes', 'excludedPaymentMethodTypes', 'paymentMethodConfiguration']
  const given = exclusive.filter((name) => options[name] !== undefined)
  if (given.length > 1)
    throw new IntegrationError(`Invalid value for elements(): ${given.join(' and ')} exclude each other.`)
}

export function checkKey(key) {
  if (typeof key !== 'string' || key === '') {
    throw new IntegrationError('Please call Stripe() with your publishable key. You used an empty string.')
  }
  if (/^[sr]k_/.test(key)) {
    throw new IntegrationError(
      'You should not use your secret key with Stripe.js. Please pass a publishable key instead.',
    )
  }
  if (!key.startsWith('pk_')) throw new IntegrationError(`Invalid publishable key: ${key}.`)
}
