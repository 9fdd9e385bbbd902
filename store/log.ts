// The processes' own log: one JSON line an entry on standard output, or nothing. Never holds words of a report, names,
// phones, passwords or tokens; the log of cases is another thing (store/append.ts).
import { type Logger, pino } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

/** @param process names the process in every line, e.g. `api`, `worker`. */
export function openLog(level: LogLevel, process: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: ['req.headers.authorization', 'req.headers.cookie'], remove: true },
  }
  return destination ? pino(options, destination) : pino(options)
}
