import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { fromTenant } from '@/lib/mail/from-tenant'
import { listWordedMails } from '@/lib/mail/keep-wording'
import { readSender, readSenderCheck } from '@/lib/mail/sender/check-sender'
import { getTenant } from '@/lib/tenancy/queries'
import { SettingsFrame } from '../../settings-frame'
import { ChecksCard } from './checks-card'
import { SenderCard } from './sender-card'
import { WordsCard } from './words-card'

export const metadata = { title: 'Mail' }

export default async function MailPage() {
  const actor = await requireStaff()
  const { tenant, check, worded } = await withTenant(actor.tenantId, async (tx) => ({
    tenant: await getTenant(tx),
    check: await readSenderCheck(tx),
    worded: await listWordedMails(tx),
  }))
  const sender = readSender()
  return (
    <SettingsFrame here="/console/settings/mail">
      <PageHeader
        title="Mail"
        sub="Who the mail to your clients is from, whether receivers believe it, and what it says."
      />
      <div className="grid max-w-[760px] gap-4 wide:gap-5">
        <SenderCard sender={sender} from={fromTenant(tenant)} />
        <ChecksCard sender={sender} check={check} timeZone={tenant.timeZone} canManage={mayManage(actor)} />
        <WordsCard worded={worded} timeZone={tenant.timeZone} />
      </div>
    </SettingsFrame>
  )
}
