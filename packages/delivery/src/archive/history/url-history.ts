import { parseIndex, RELEASE_INDEX } from '../release-index.ts'
import type { HistorySource } from './fetch-history.ts'
import { recordsOf } from './index-records.ts'

/** An index of more than this is none. */
const MOST_INDEX = 20_000_000

/**
 * The live site, by its `paceline-releases.json`. It has the hashed files only, without what they are made of: enough to serve them on, and as
 * dictionaries.
 *
 * @param url where the app is mounted
 * @param now milliseconds since the epoch
 */
export function urlHistory(url: string, now: number): HistorySource {
  const site = new URL(url.endsWith('/') ? url : `${url}/`)
  const get = async (file: string, most: number, signal: AbortSignal): Promise<Buffer | undefined> => {
    const path = file.split('/').map(encodeURIComponent).join('/')
    const response = await fetch(new URL(path, site), { signal })
    if (response.status === 404 || response.status === 410) {
      await response.body?.cancel()
      return undefined
    }
    if (!response.ok) throw new Error(`${file} answered ${response.status}`)
    return readAtMost(response, most, file)
  }
  return {
    name: site.href,
    async releases(signal) {
      const text = await get(RELEASE_INDEX, MOST_INDEX, signal)
      if (!text) throw new Error(`there is no ${RELEASE_INDEX}`)
      const index = parseIndex(text.toString())
      if (!index) throw new Error(`its ${RELEASE_INDEX} is damaged, or of another version`)
      return recordsOf(index, now)
    },
    async content(sha256, { files }, signal) {
      const entry = files.find((file) => file.sha256 === sha256)
      return entry && get(entry.file, entry.bytes, signal)
    },
  }
}

/** @throws when the body is longer than it may be: it is not what was asked for */
async function readAtMost({ body }: Response, most: number, file: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > most) throw new Error(`${file} is larger than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
