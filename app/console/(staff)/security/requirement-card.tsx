import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireOfAll } from './acts'

/** Whether everybody who works here needs a second factor. */
export function RequirementCard({ isOn, isOwner }: { isOn: boolean; isOwner: boolean }) {
  return (
    <Card title="For everybody here">
      <div className="grid gap-3 text-sm">
        <p>
          {isOn
            ? 'A second factor is required: whoever has none adds one at the next sign-in.'
            : 'A second factor is not required: the mailed link alone lets your colleagues in.'}
        </p>
        {isOwner ? (
          <form action={requireOfAll}>
            <input type="hidden" name="on" value={isOn ? 'no' : 'yes'} />
            <SubmitButton tone="plain" busy="Saving">
              {isOn ? 'Require it no longer' : 'Require it of everybody'}
            </SubmitButton>
          </form>
        ) : (
          <p className="text-text-3">An owner decides this.</p>
        )}
        <p className="text-text-3">
          Before a refund, a change of a connection or a new API key, whoever signed in more than ten minutes ago is
          asked again.
        </p>
      </div>
    </Card>
  )
}
