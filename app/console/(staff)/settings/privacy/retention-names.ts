import type { RetentionName } from '@/lib/tenancy/retention'

export const retentionNames: readonly RetentionName[] = ['signInMonths', 'challengeDays', 'mailMonths', 'mandateYears']

/** What each period is of, and why it may not be shorter or what stays. */
export const retentionWords: Record<RetentionName, { label: string; hint: string }> = {
  signInMonths: {
    label: 'Sign-ins, in months',
    hint: 'When somebody signed in, and the address and browser of each session, from when it was over',
  },
  challengeDays: {
    label: 'Passkey requests, in days',
    hint: 'What a passkey was asked to sign; of no use once answered',
  },
  mailMonths: {
    label: 'What mails said, in months',
    hint: 'At least 24: they prove that notices were given (Regulation E). That one was sent stays known',
  },
  mandateYears: {
    label: 'Origin of authorizations, in years',
    hint: 'Address and browser, once it has ended. At least 2 (Nacha). Its words and date stay',
  },
}
