import { z } from 'zod'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { named } from '@/lib/api/named'
import type { AnyOperation } from '@/lib/api/operation'
import { Coded } from './coded'

/** One operation: what it takes, and an answer of it. */
export function OperationCard({ operation }: { operation: AnyOperation }) {
  const { method, path, summary, description, scope, answer } = operation
  const fields = [...fieldsOf(operation.query), ...fieldsOf(operation.body)]
  const example = named.get(answer)?.examples?.[0]
  return (
    <Card
      title={summary}
      aside={
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="mono text-sm [overflow-wrap:anywhere]">
            {method} {path}
          </span>
          <Badge>{scope}</Badge>
        </span>
      }
      flush
    >
      {description !== undefined && (
        <p className="px-4 pt-4 pb-1 text-sm text-text-2 wide:px-5">
          <Coded text={description} />
        </p>
      )}
      {fields.length > 0 && (
        <Table caption={`What ${path} takes`} wide>
          <thead>
            <tr>
              <Th>Parameter</Th>
              <Th>What it is</Th>
            </tr>
          </thead>
          <Tbody>
            {fields.map(({ name, words }) => (
              <Tr key={name}>
                <Td className="mono">{name}</Td>
                <Td>
                  <Coded text={words} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {example !== undefined && (
        <details className="border-hairline border-t px-4 py-3 text-sm wide:px-5">
          <summary className="cursor-pointer font-medium">An answer</summary>
          <pre className="mono mt-2 whitespace-pre-wrap text-xs leading-5 [overflow-wrap:anywhere]">
            {JSON.stringify(example, null, 2)}
          </pre>
        </details>
      )}
    </Card>
  )
}

function fieldsOf(shape: z.ZodObject | undefined): { name: string; words: string }[] {
  return Object.entries(shape?.shape ?? {}).map(([name, field]) => {
    const { description = '', enum: values } = z.toJSONSchema(field, { io: 'input' })
    const choices = values === undefined ? '' : values.map(String).join(', ')
    return {
      name,
      words: [description, description.includes('`') ? '' : choices].filter((part) => part !== '').join(' '),
    }
  })
}
