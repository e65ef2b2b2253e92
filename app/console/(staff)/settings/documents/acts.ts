'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { requireStaff } from '@/lib/access/require-staff'
import { throttle } from '@/lib/access/throttle'
import { addPaper } from '@/lib/papers/add-paper'
import { paperLimits, pdfRefusals } from '@/lib/papers/paper'
import { withdrawPaper } from '@/lib/papers/withdraw-paper'

const page = '/console/settings/documents'
const { titleLength, yearMin, yearMax } = paperLimits

/** What is wrong with what was typed, by field; `refused` for what is not a field's. `kept` is what was typed. */
export type PaperState =
  | {
      problems: { title?: string; year?: string; file?: string; refused?: string }
      kept: { title: string; year: string }
    }
  | undefined

const Form = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Say what it is: “W-9”, “Certificate of insurance”.')
    .max(titleLength, `Use at most ${titleLength} letters.`),
  year: z.union([
    z.literal('').transform(() => undefined),
    z.coerce
      .number()
      .int()
      .min(yearMin)
      .max(yearMax)
      .catch(Number.NaN)
      .refine((year) => !Number.isNaN(year), 'A year has four digits. Leave it empty if there is none.'),
  ]),
})
/** For whom, or in whose place: bound to the form, and both only ids. */
const Target = z.object({ clientId: z.uuid().optional(), replaces: z.uuid().optional() })
export type PaperTarget = z.infer<typeof Target>

/** @returns what is wrong with it; otherwise clients can read it */
export async function handOut(target: PaperTarget, _: PaperState, form: FormData): Promise<PaperState> {
  const actor = await requireStaff()
  const kept = { title: typedIn(form, 'title'), year: typedIn(form, 'year') }
  const refuse = (problems: NonNullable<PaperState>['problems']): PaperState => ({ problems, kept })
  const whom = Target.safeParse(target)
  const asked = Form.safeParse(kept)
  const file = form.get('file')
  if (!whom.success) notFound()
  if (!asked.success || !(file instanceof File)) {
    const { title, year } = asked.success ? {} : z.flattenError(asked.error).fieldErrors
    return refuse({
      ...(title?.[0] && { title: title[0] }),
      ...(year?.[0] && { year: year[0] }),
      ...(!(file instanceof File) && { file: pdfRefusals.empty }),
    })
  }
  const tries = await throttle('paper', actor.tenantId)
  if (!tries.ok) return refuse({ refused: 'Too many uploads. Try again in a few minutes.' })
  const { title, year } = asked.data
  const { clientId, replaces } = whom.data
  const added = await addPaper(actor, {
    title,
    ...(year !== undefined && { year }),
    ...(clientId !== undefined && { clientId }),
    ...(replaces !== undefined && { replaces }),
    pdf: Buffer.from(await file.arrayBuffer()),
  })
  if (added.ok) redirect(`${page}?said=${replaces === undefined ? 'added' : 'replaced'}${forClient(clientId)}`)
  if (added.because === 'may-not') return refuse({ refused: 'Owners and finance hand out documents.' })
  if (added.because === 'gone') notFound()
  return refuse({ file: pdfRefusals[added.because] })
}

const Withdrawal = z.object({ id: z.uuid(), client: z.uuid().optional() })

export async function withdraw(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Withdrawal.safeParse(Object.fromEntries(form))
  if (!asked.success || !(await withdrawPaper(actor, asked.data.id))) notFound()
  redirect(`${page}?said=withdrawn${forClient(asked.data.client)}`)
}

function typedIn(form: FormData, name: string): string {
  return String(form.get(name) ?? '').slice(0, 400)
}

function forClient(clientId: string | undefined): string {
  return clientId === undefined ? '' : `&client=${clientId}`
}
