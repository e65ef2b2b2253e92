import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Td, Th } from '@/components/ui/table'
import type { WidgetOrigin } from '@/lib/access/widget-origins'
import { removeOrigin } from './acts'
import { AddSiteForm } from './add-site-form'

type Props = { sites: WidgetOrigin[]; canManage: boolean }

/** Who may show the widget; everybody else’s browser refuses to. */
export function SitesCard({ sites, canManage }: Props) {
  return (
    <Card title="Sites that may show it" flush foot={canManage ? <AddSiteForm /> : undefined}>
      {sites.length === 0 ? (
        <p className="p-4 text-sm text-text-2 wide:px-5">
          None yet. Until a site is on this list, browsers show its visitors the link instead of the widget.
        </p>
      ) : (
        <Table caption="Sites that may show the widget">
          <thead>
            <tr>
              <Th>Site</Th>
              <Th>
                <span className="sr-only">Act</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {sites.map(({ id, origin }) => (
              <tr key={id}>
                <Td className="mono break-all">{origin}</Td>
                <Td className="text-right">
                  {canManage && (
                    <form action={removeOrigin}>
                      <input type="hidden" name="id" value={id} />
                      <SubmitButton tone="quiet" size="small" busy="Removing" aria-label={`Remove ${origin}`}>
                        Remove
                      </SubmitButton>
                    </form>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}
