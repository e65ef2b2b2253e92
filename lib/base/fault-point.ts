type Handler = (name: string) => void | Promise<void>

const key = Symbol.for('closeloop.fault-point')

/**
 * Marks a place where dying would be instructive. It does nothing: no code of the product ever sets a handler. The crash
 * harness loads one into the process from outside, before the program, which kills, throws or waits at a named point.
 */
export function faultPoint(name: string): void | Promise<void> {
  return (globalThis as { [key]?: Handler })[key]?.(name)
}
