type Handler = (name: string) => void | Promise<void>

let handler: Handler | undefined

/** Tests put a handler here that kills, throws or waits at a named point. */
export function onFaultPoint(next: Handler | undefined): void {
  handler = next
}

/**
 * Marks a place where dying would be instructive. Nothing at all unless a test put a handler in, which production
 * cannot: `CLOSELOOP_FAULT_POINTS` is read only by the crash harness' own entry point.
 */
export function faultPoint(name: string): void | Promise<void> {
  return handler?.(name)
}
