import { type Locale, wordsIn } from '@/messages/words'
import type { VerifyWords } from './checkout'

/** The words of the form that takes what small deposits show, behind every door. */
export function verifyWords(locale: Locale): VerifyWords {
  const words = wordsIn(locale)
  return {
    code: words('result.verifyCode'),
    codeWrong: words('result.verifyCodeWrong'),
    amounts: words('result.verifyAmounts'),
    first: words('result.verifyFirst'),
    second: words('result.verifySecond'),
    button: words('result.verifyButton'),
    sending: words('pay.sending'),
    failed: words('result.verifyFailed'),
  }
}
