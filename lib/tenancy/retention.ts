import { z } from 'zod'

/**
 * How long what names a person is kept: what an MSP starts with, and between which figures it may choose. The least is the
 * law’s where there is one. Mails are the proof that a notice was given: Regulation E asks for two years of it (12 CFR
 * 1005.13). The proof of an authorization is kept for two years after the last debit (Nacha Operating Rules).
 */
export const retentionLimits = {
  /** Of sign-ins, and of the address and browser of each session, from when it was over. */
  signInMonths: { standard: 13, least: 1, most: 60 },
  /** Of what a passkey was asked to sign. */
  challengeDays: { standard: 30, least: 1, most: 365 },
  /** Of what a mail said; that it was sent, to whom and about what stays. */
  mailMonths: { standard: 24, least: 24, most: 120 },
  /** Of the address and browser an authorization came from, once it has ended; its words and date stay. */
  mandateYears: { standard: 7, least: 2, most: 20 },
} as const
export type RetentionName = keyof typeof retentionLimits

const within = ({ standard, least, most }: { standard: number; least: number; most: number }) =>
  z.int().min(least).max(most).default(standard)

export const Retention = z.object({
  signInMonths: within(retentionLimits.signInMonths),
  challengeDays: within(retentionLimits.challengeDays),
  mailMonths: within(retentionLimits.mailMonths),
  mandateYears: within(retentionLimits.mandateYears),
})
export type Retention = z.infer<typeof Retention>
