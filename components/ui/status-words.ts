import {
  Ban,
  CircleArrowRight,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  CircleSlash2,
  Clock,
  Contrast,
  Flag,
  Layers,
  type LucideIcon,
  OctagonX,
  RefreshCw,
  Send,
  ShieldCheck,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import { invoiceLooks } from './invoice-looks'
import type { Tone } from './tone'

export type StatusLook = { word: string; tone: Tone; icon: LucideIcon }

const words = {
  invoice: {
    ...invoiceLooks,
    draft: { word: 'Draft', tone: 'gray', icon: CircleDashed },
    held: { word: 'Held', tone: 'warn', icon: CirclePause },
    on_a_plan: { word: 'On a plan', tone: 'move', icon: Layers },
    written_off: { word: 'Written off', tone: 'gray', icon: CircleSlash2 },
  },
  attempt: {
    created: { word: 'Prepared', tone: 'gray', icon: CircleDashed },
    sent: { word: 'Sent', tone: 'gray', icon: Send },
    requires_action: { word: 'Waiting for confirmation', tone: 'warn', icon: ShieldCheck },
    processing: { word: 'On its way', tone: 'move', icon: CircleArrowRight },
    succeeded: { word: 'Succeeded', tone: 'good', icon: CircleCheck },
    failed: { word: 'Declined', tone: 'bad', icon: OctagonX },
    returned: { word: 'Returned by bank', tone: 'bad', icon: Undo2 },
    refunded: { word: 'Refunded', tone: 'gray', icon: Undo2 },
    part_refunded: { word: 'Part refunded', tone: 'move', icon: Contrast },
    disputed: { word: 'In dispute', tone: 'talk', icon: Flag },
    canceled: { word: 'Canceled', tone: 'gray', icon: Ban },
    unknown: { word: 'Checking', tone: 'warn', icon: CircleQuestionMark },
  },
  sync: {
    waiting: { word: 'Waiting', tone: 'gray', icon: Clock },
    in_step: { word: 'In step', tone: 'good', icon: CircleCheck },
    retrying: { word: 'Retrying', tone: 'warn', icon: RefreshCw },
    checking: { word: 'Checking', tone: 'warn', icon: CircleQuestionMark },
    needs_you: { word: 'Needs you', tone: 'bad', icon: TriangleAlert },
  },
  posting: {
    waiting: { word: 'To post', tone: 'gray', icon: Clock },
    posted: { word: 'Posted', tone: 'good', icon: CircleCheck },
    retrying: { word: 'Retrying', tone: 'warn', icon: RefreshCw },
    checking: { word: 'Checking', tone: 'warn', icon: CircleQuestionMark },
    refused: { word: 'Refused', tone: 'bad', icon: OctagonX },
    reversed: { word: 'Reversed', tone: 'gray', icon: Undo2 },
  },
  delivery: {
    waiting: { word: 'Waiting', tone: 'gray', icon: Clock },
    retrying: { word: 'Retrying', tone: 'warn', icon: RefreshCw },
    delivered: { word: 'Delivered', tone: 'good', icon: CircleCheck },
    failed: { word: 'Failed', tone: 'bad', icon: OctagonX },
  },
} as const satisfies Record<string, Record<string, StatusLook>>

export type StatusOf = keyof typeof words
export type StatusIs<Of extends StatusOf> = keyof (typeof words)[Of]

/** Every status word there is, by what it is said of. A word may gain a fact, but there are no synonyms. */
export const statusLooks: { [Of in StatusOf]: Record<StatusIs<Of>, StatusLook> } = words
