import { join } from 'node:path'
import { writeEntry } from '../../../packages/artifact-cache/src/disk/write-entry.ts'
import { openServerLink } from '../../../packages/artifact-cache/src/redis/server-link.ts'
import { unpackArtifact } from '../../../packages/artifact-cache/src/tiers/pack-artifact.ts'
import { spreadOf, type Spread } from '../../lib/statistics.ts'

/** What it takes to have all values of a Redis here, by a client that is connected already. */
export interface Transfer {
  readonly values: number
  readonly bytes: number
  /** All of them asked for at once, and each compared with its digest. */
  readonly ms: Spread
  /** The same, and each written into an empty directory, one after the other, as the cache keeps them: the next build finds them there. */
  readonly keptMs: Spread
}

const ROUNDS = 5
const PREFIX = 'paceline:'

/** @param folder for what is written */
export async function measureTransfer(url: string, folder: string): Promise<Transfer> {
  const options = { url, shown: url, timeout: 5000, ttl: 1000, cluster: false }
  const link = await openServerLink(options, () => {}, new AbortController().signal)
  try {
    const [send] = link.masters()
    const keys = (await send!(['KEYS', `${PREFIX}*`])) as string[]
    let bytes = 0
    const times: number[] = []
    const kept: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now()
      const values = (await Promise.all(keys.map((key) => send!(['GET', key], 'buffer')))) as Buffer[]
      const artifacts = values.map((value, at) => unpackArtifact(keys[at]!.slice(PREFIX.length), value)!)
      times.push(performance.now() - begun)
      for (const [at, { bytes: content, ...metadata }] of artifacts.entries()) {
        writeEntry(join(folder, `transfer-${round}`), keys[at]!, content, metadata)
      }
      kept.push(performance.now() - begun)
      bytes = values.reduce((sum, value) => sum + value.byteLength, 0)
    }
    return { values: keys.length, bytes, ms: spreadOf(times), keptMs: spreadOf(kept) }
  } finally {
    link.destroy()
  }
}
