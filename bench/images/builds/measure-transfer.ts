import { openServerLink } from '../../../packages/artifact-cache/src/redis/server-link.ts'
import { unpackArtifact } from '../../../packages/artifact-cache/src/tiers/pack-artifact.ts'
import { spreadOf, type Spread } from '../../lib/statistics.ts'

/** What it takes to have all values of a Redis here, by a client that is connected already. */
export interface Transfer {
  readonly values: number
  readonly bytes: number
  /** All of them asked for at once, and each compared with its digest. */
  readonly ms: Spread
}

const ROUNDS = 5
const PREFIX = 'paceline:'

export async function measureTransfer(url: string): Promise<Transfer> {
  const options = { url, shown: url, timeout: 5000, ttl: 1000, cluster: false }
  const link = await openServerLink(options, () => {}, new AbortController().signal)
  try {
    const [send] = link.masters()
    const keys = (await send!(['KEYS', `${PREFIX}*`])) as string[]
    let bytes = 0
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now()
      const values = (await Promise.all(keys.map((key) => send!(['GET', key], 'buffer')))) as Buffer[]
      for (const [at, value] of values.entries()) unpackArtifact(keys[at]!.slice(PREFIX.length), value)
      times.push(performance.now() - begun)
      bytes = values.reduce((sum, value) => sum + value.byteLength, 0)
    }
    return { values: keys.length, bytes, ms: spreadOf(times) }
  } finally {
    link.destroy()
  }
}
