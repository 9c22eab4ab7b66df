import type { CollectorAddress } from '../../collector/ask-collector.ts'
import type { Invocation, OptionSpec } from '../command.ts'

/** Options of commands that ask a collector. */
export const collectorFlags: Readonly<Record<string, OptionSpec>> = {
  url: {
    type: 'string',
    value: 'URL',
    help: 'The collector (default: PACELINE_COLLECTOR_URL, or http://127.0.0.1:4318)',
  },
}

/** The collector that is meant. Its token is never a flag: those are seen by everybody on the machine. */
export function collectorOf(invocation: Invocation): CollectorAddress {
  const { PACELINE_COLLECTOR_URL: url, PACELINE_COLLECTOR_TOKEN: token } = process.env
  return { url: invocation.text('url') ?? (url || 'http://127.0.0.1:4318'), token: token || undefined }
}
