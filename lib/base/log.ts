import { pino } from 'pino'

/** Structured lines with ids, never people or secrets. Names that could carry either are struck out wherever they appear. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { service: process.env.CLOSELOOP_SERVICE ?? 'web' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  messageKey: 'event',
  redact: {
    paths: [
      'email',
      'name',
      'token',
      'secret',
      'authorization',
      'password',
      '*.email',
      '*.name',
      '*.token',
      '*.secret',
      '*.authorization',
      '*.password',
    ],
    censor: '[struck out]',
  },
  serializers: {
    // A vendor's message may quote what we sent: the stack is ours, the message is cut.
    error: (error: unknown) =>
      error instanceof Error
        ? { type: error.name, message: error.message.slice(0, 300), stack: error.stack?.split('\n').slice(1, 6) }
        : String(error),
  },
})
