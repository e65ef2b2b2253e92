import {
  Ban,
  CalendarClock,
  Circle,
  CircleArrowRight,
  CircleCheck,
  Clock,
  Contrast,
  Eye,
  Flag,
  OctagonX,
  Send,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import type { StatusLook } from './status-words'

/** How an invoice stands, apart from the rest: the widget’s frame shows nothing else, and carries no other icons. */
export const invoiceLooks = {
  open: { word: 'Open', tone: 'gray', icon: Circle },
  sent: { word: 'Sent', tone: 'gray', icon: Send },
  viewed: { word: 'Viewed', tone: 'gray', icon: Eye },
  scheduled: { word: 'Scheduled', tone: 'move', icon: CalendarClock },
  due_soon: { word: 'Due soon', tone: 'warn', icon: Clock },
  overdue: { word: 'Overdue', tone: 'bad', icon: TriangleAlert },
  on_its_way: { word: 'On its way', tone: 'move', icon: CircleArrowRight },
  part_paid: { word: 'Part paid', tone: 'move', icon: Contrast },
  paid: { word: 'Paid', tone: 'good', icon: CircleCheck },
  in_dispute: { word: 'In dispute', tone: 'talk', icon: Flag },
  failed: { word: 'Payment failed', tone: 'bad', icon: OctagonX },
  returned: { word: 'Returned by bank', tone: 'bad', icon: Undo2 },
  void: { word: 'Void', tone: 'gray', icon: Ban },
} as const satisfies Record<string, StatusLook>
