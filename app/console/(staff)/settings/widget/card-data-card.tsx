import { Card } from '@/components/ui/card'

/** Where the MSP stands with PCI DSS when it embeds the widget, and what it has to keep true. */
export function CardDataCard() {
  return (
    <Card title="Card data">
      <div className="prose-links grid max-w-[72ch] gap-3 text-sm text-text-2">
        <p>
          Card and bank fields belong to Stripe. They lie in a frame of Stripe’s, inside our frame, inside your page. No
          card number reaches your site or this one, so your questionnaire is PCI DSS SAQ A as long as you keep this
          true:
        </p>
        <ul className="grid list-disc gap-2 pl-5">
          <li>Nothing of your own asks for a card number: no form, no chat, no mail, no note on a ticket.</li>
          <li>
            The page around the widget is not open to script attacks. SAQ A asks you to confirm this since March 31,
            2025. Do it with measures like those of requirements 6.4.3 and 11.6.1 (every script on the page is listed
            with its reason, and a change is noticed), or with a confirmation in writing from whoever runs this
            installation that the form is protected when installed as shown above.
          </li>
          <li>
            You use the code as it is: the script from here, the frame from here, over https, nothing laid over it.
          </li>
          <li>Only people who need to can change that page, and each signs in as themselves.</li>
        </ul>
        <p>
          A pay link in a mail, and the full page, are not embedded: the point about scripts does not arise there.
          Whoever runs this installation for other companies is a service provider, with an assessment of their own.
          Your acquirer has the last word on which questionnaire is yours.
        </p>
      </div>
    </Card>
  )
}
