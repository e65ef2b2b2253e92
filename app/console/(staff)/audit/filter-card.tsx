import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import { SelectField } from '@/components/ui/select-field'
import { TextField } from '@/components/ui/text-field'
import type { AuditSearch } from '@/lib/reports/audit-filter'
import { type AuditArea, auditAreas } from '@/lib/tenancy/audit-actions'
import { wordsIn } from '@/messages/words'

type Props = { search: AuditSearch; people: { staffId: string; name: string; isHere: boolean }[] }

const others = ['contact', 'link', 'checkout', 'api', 'system'] as const

/** What the trail is narrowed by; the address keeps it. A form, so it works without scripts. */
export function FilterCard({ search: { who = '', what = '', object, from, to, q }, people }: Props) {
  const words = wordsIn('en-US')
  const isOne = who.startsWith('contact:') || who.startsWith('api:')
  return (
    <Card className="print:hidden">
      <search>
        <form
          action="/console/audit"
          className="grid items-end gap-3 wide:grid-cols-3 full:grid-cols-[1fr_1fr_150px_150px_1fr_auto]"
        >
          {object !== undefined && <input type="hidden" name="object" value={object} />}
          <SelectField label="Who" name="who" defaultValue={who}>
            <option value="">Everybody</option>
            {isOne && <option value={who}>The one chosen</option>}
            <optgroup label="Staff">
              <option value="staff">All of the staff</option>
              {people.map(({ staffId, name, isHere }) => (
                <option key={staffId} value={`staff:${staffId}`}>
                  {isHere ? name : `${name} (removed)`}
                </option>
              ))}
            </optgroup>
            <optgroup label="Others">
              {others.map((kind) => (
                <option key={kind} value={kind}>
                  {words(`audit.actor.${kind}`)}
                </option>
              ))}
            </optgroup>
          </SelectField>
          <SelectField label="What" name="what" defaultValue={what}>
            <option value="">Everything</option>
            {areas.map((area) => (
              <optgroup key={area} label={words(`audit.area.${area}`)}>
                <option value={area}>All of “{words(`audit.area.${area}`)}”</option>
                {auditAreas[area].map((action) => (
                  <option key={action} value={action}>
                    {words(`audit.action.${action}`)}
                  </option>
                ))}
              </optgroup>
            ))}
          </SelectField>
          <TextField label="From" name="from" type="date" defaultValue={from} />
          <TextField label="To" name="to" type="date" defaultValue={to} />
          <TextField label="Words, names, numbers" name="q" type="search" maxLength={80} defaultValue={q} />
          <div className="flex gap-2">
            <Button type="submit">Filter</Button>
            {[who, what, object, from, to, q].some((part) => part !== undefined && part !== '') && (
              <LinkButton tone="quiet" href="/console/audit">
                Show all
              </LinkButton>
            )}
          </div>
        </form>
      </search>
    </Card>
  )
}

const areas: AuditArea[] = ['access', 'money', 'invoices', 'settings', 'systems']
