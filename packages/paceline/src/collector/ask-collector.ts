import { collectorError } from './collector-errors.ts'

/** A collector, as commands and builds are told of it. */
export interface CollectorAddress {
  /** Its origin: `https://rum.example.com`. */
  readonly url: string
  readonly token: string | undefined
}

const TIMEOUT = 30_000

/**
 * Asks a collector.
 *
 * @param path under `/__paceline/api/`
 * @throws `PACELINE_COLLECTOR_UNREACHABLE`
 */
export async function askCollector<Answer>(
  { url: base, token }: CollectorAddress,
  path: string,
  body?: object,
): Promise<Answer> {
  if (!URL.canParse(base)) throw collectorError('PACELINE_COLLECT_OPTION', ['url', `'${base}'`, 'Name a URL.'])
  const url = new URL(`/__paceline/api/${path}`, base)
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
    throw collectorError('PACELINE_COLLECTOR_UNREACHABLE', [url.origin, reason.message], { cause })
  }
  const answer = (await response.json().catch(() => ({}))) as { readonly error?: string }
  if (response.ok) return answer as Answer
  const received = `${response.status}${answer.error === undefined ? '' : `: ${answer.error}`}`
  throw collectorError('PACELINE_COLLECTOR_UNREACHABLE', [url.origin, received])
}
