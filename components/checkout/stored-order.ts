import { type ShortReason, shortCodes } from './checkout'
import type { OrderState } from './order-state'

/**
 * A draft as this tab has kept it, or undefined for anything else that may stand there. Looked at by hand: a library of
 * shapes would weigh as much as half of this page's own script.
 */
export function storedOrder(stored: unknown): OrderState | undefined {
  if (!isRecord(stored)) return undefined
  const { by, out, texts, sum, reasons } = stored
  if ((by !== 'invoice' && by !== 'sum') || !isText(sum) || !Array.isArray(out) || !out.every(isText)) return undefined
  if (!isRecordOf(texts, isText) || !isRecordOf(reasons, isReason)) return undefined
  return { by, out, texts, sum, reasons }
}

const isText = (value: unknown): value is string => typeof value === 'string'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRecordOf<Value>(value: unknown, is: (one: unknown) => one is Value): value is Record<string, Value> {
  return isRecord(value) && Object.values(value).every(is)
}

function isReason(value: unknown): value is ShortReason {
  return isRecord(value) && isText(value.text) && shortCodes.some((code) => code === value.code)
}
