import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { SenderCheck } from '@/lib/mail/sender/check-sender'
import { judgeSender, type Sender } from '@/lib/mail/sender/sender'
import { at } from '../../../when'
import { CheckForm } from './check-form'
import { FindingRow } from './finding-row'

type Props = { sender: Sender; check: SenderCheck | undefined; timeZone: string; canManage: boolean }

/** What the sender's domain publishes for its mail, as of the last time it was asked. */
export function ChecksCard({ sender, check, timeZone, canManage }: Props) {
  const judged = check === undefined ? undefined : judgeSender(sender, check.selector, check.answers)
  return (
    <Card
      flush
      id="checks"
      title={`What ${sender.domain} says about its mail`}
      aside={check !== undefined && <span className="text-sm text-text-3">As of {at(check.checkedAt, timeZone)}</span>}
    >
      {!sender.isPublic ? (
        <div className="p-4 wide:p-5">
          <Notice tone="warn">
            Nobody on the internet can be asked about {sender.domain}. Set MAIL_FROM to an address of a domain of yours.
          </Notice>
        </div>
      ) : (
        <>
          {judged === undefined ? (
            <p className="px-4 pt-4 text-sm text-text-2 wide:px-5 wide:pt-5">
              Not asked yet. Three records decide whether mail reaches the inbox: SPF says which servers may send, DKIM
              holds the key of the signature, DMARC says what becomes of mail that fails both.
            </p>
          ) : (
            <ul>
              <FindingRow name="SPF" about="Which servers may send for the domain" finding={judged.spf} />
              <FindingRow name="DKIM" about="The key that proves the signature under each mail" finding={judged.dkim} />
              <FindingRow name="DMARC" about="What receivers do with mail that fails" finding={judged.dmarc} />
            </ul>
          )}
          {canManage && <CheckForm selector={check?.selector ?? ''} isFirst={check === undefined} />}
        </>
      )}
    </Card>
  )
}
