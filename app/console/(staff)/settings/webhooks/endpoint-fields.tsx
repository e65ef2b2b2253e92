import { CheckField } from '@/components/ui/check-field'
import { TextField } from '@/components/ui/text-field'
import { webhookEventTypes, webhookEventWords } from '@/lib/webhooks/event-type'

type Props = {
  kept: { url: string; description: string; events: readonly string[] }
  problems: { url?: string; events?: string }
}

/** Where a program listens, what for, and what it hears of. */
export function EndpointFields({ kept, problems }: Props) {
  return (
    <>
      <TextField
        label="Address"
        name="url"
        type="url"
        inputMode="url"
        placeholder="https://robot.example.com/closeloop"
        defaultValue={kept.url}
        error={problems.url}
        hint="Where your program listens; we post JSON to it"
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
      />
      <TextField
        label="What it is"
        name="description"
        defaultValue={kept.description}
        maxLength={200}
        autoComplete="off"
      />
      <fieldset className="grid gap-2.5">
        <legend className="mb-2 font-medium text-sm">It hears of</legend>
        {webhookEventTypes.map((type, at) => (
          <CheckField
            key={`${type} ${kept.events.includes(type)}`}
            name="events"
            value={type}
            defaultChecked={kept.events.includes(type)}
            hint={webhookEventWords[type]}
            {...(at === webhookEventTypes.length - 1 && problems.events !== undefined
              ? { error: problems.events }
              : {})}
          >
            <span className="mono">{type}</span>
          </CheckField>
        ))}
      </fieldset>
    </>
  )
}
