import { z } from 'zod'

const encoded = z.string().max(20_000)
const common = {
  id: z.string().min(1).max(2_000),
  rawId: z.string().max(2_000),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}

/** What a browser answers when it made a passkey: WebAuthn’s RegistrationResponseJSON, as far as it is read. */
export const MadePasskey = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(40)).max(10).default([]),
  }),
})

/** What a browser answers when a passkey signed: WebAuthn’s AuthenticationResponseJSON, as far as it is read. */
export const SignedByPasskey = z.object({
  ...common,
  response: z.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded }),
})
