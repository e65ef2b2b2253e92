import type { FrameWords } from '@/components/embed/frame'
import { type Locale, wordsIn } from '@/messages/words'

/** What the frame says by itself; the rest comes with each screen. */
export function frameWords(locale: Locale): FrameWords {
  const words = wordsIn(locale)
  return {
    lookUpTitle: words('widget.lookUpTitle'),
    lookUpText: words('widget.lookUpText'),
    number: words('widget.number'),
    numberMissing: words('widget.numberMissing'),
    amount: words('widget.amount'),
    amountHint: words('widget.amountHint'),
    postalCode: words('widget.postalCode'),
    postalCodeHint: words('widget.postalCodeHint'),
    proofMissing: words('widget.proofMissing'),
    find: words('widget.find'),
    finding: words('widget.finding'),
    loading: words('widget.loading'),
    lostTitle: words('widget.lostTitle'),
    lostText: words('widget.lostText'),
    again: words('pay.loadAgain'),
    endedTitle: words('widget.endedTitle'),
    endedText: words('widget.endedText'),
    another: words('widget.another'),
    toPay: words('pay.toPay'),
    straightToStripe: words('pay.straightToStripe'),
    fullPage: words('widget.fullPage'),
    close: words('widget.close'),
  }
}
