import type { Invocation, OptionSpec } from '../command.ts'
import { collectorCliError } from './collector-errors.ts'

/** Options of commands that ask a collector. */
export const collectorOptions: Readonly<Record<string, OptionSpec>> = {
  url: {
    type: 'string',
    value: 'URL',
    help: 'The collector (default: PACELINE_COLLECTOR_URL, or http://127.0.0.1:4318)',
  },
}

const TIMEOUT = 30_000

/**
 * Asks a collector.
 *
 * @param path under `/__paceline/api/`
 * @throws `PACELINE_COLLECTOR_UNREACHABLE`
 */
export async function askCollector<Answer>(invocation: Invocation, path: string, body?: object): Promise<Answer> {
  const base = invocation.text('url') ?? (process.env['PACELINE_COLLECTOR_URL'] || 'http://127.0.0.1:4318')
  if (!URL.canParse(base)) throw collectorCliError('PACELINE_COLLECT_OPTION', ['--url', `'${base}'`, 'Name a URL.'])
  const url = new URL(`/__paceline/api/${path}`, base)
  const token = process.env['PACELINE_COLLECTOR_TOKEN']
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(body ? { 'content-type': 'application/json' } : {}),
  }
  const content = body ? { method: 'POST', body: JSON.stringify(body) } : {}
  let response: Response
  try {
    response = await fetch(url, { ...content, headers, signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' })
  } catch (cause) {
    const reason = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error)
    throw collectorCliError('PACELINE_COLLECTOR_UNREACHABLE', [url.origin, reason.message], { cause })
  }
  const answer = (await response.json().catch(() => ({}))) as { readonly error?: string }
  if (response.ok) return answer as Answer
  const received = `${response.status}${answer.error === undefined ? '' : `: ${answer.error}`}`
  throw collectorCliError('PACELINE_COLLECTOR_UNREACHABLE', [url.origin, received])
}
