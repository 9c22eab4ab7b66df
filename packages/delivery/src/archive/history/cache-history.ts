import { readFile } from 'node:fs/promises'
import {
  digestOf,
  type Artifact,
  type ArtifactRecipe,
  type Artifacts,
  type InputDigest,
} from '@paceline/artifact-cache'
import pMap from 'p-map'
import type { ContentSource } from '../release-archive.ts'
import { parseRecord, serializeRecord, type ReleaseRecord } from '../release-record.ts'
import type { HistorySource } from './fetch-history.ts'

/** How far back releases are looked for: the cache forgets what nobody used for longer. */
const DAYS = 30
const DAY = 86_400_000
const CONCURRENCY = 8

/**
 * The artifact cache as a place for releases. It is addressed by content and overwrites nothing, so it has no "latest": the releases of a day
 * are numbered from 0, and whoever looks reads until there is none.
 */
export function cacheHistory(artifacts: Artifacts, now: number): HistorySource {
  return {
    name: 'the artifact cache',
    async releases() {
      const days = Array.from({ length: DAYS }, (_, index) => dayOf(now - index * DAY))
      const found = await pMap(days, (day) => releasesOf(day, artifacts), { concurrency: CONCURRENCY })
      const newest = new Map<string, ReleaseRecord>()
      const sorted = found.flat().sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
      for (const record of sorted) if (!newest.has(record.release)) newest.set(record.release, record)
      return [...newest.values()]
    },
    content: async (sha256) => (await artifacts.find(contentRecipe(sha256)))?.bytes,
  }
}

/** Puts a release into the cache, for other machines: contents first. */
export async function shareRelease(
  record: ReleaseRecord,
  contents: readonly ContentSource[],
  artifacts: Artifacts,
): Promise<void> {
  await pMap(
    contents,
    async ({ sha256, from }) => {
      const read = async (): Promise<Uint8Array> => (typeof from === 'string' ? readFile(from) : from)
      await put(artifacts, contentRecipe(sha256), read)
    },
    { concurrency: CONCURRENCY },
  )
  const text = Buffer.from(serializeRecord(record))
  const day = dayOf(Date.parse(record.createdAt))
  for (let number = 0; ; number++) {
    const { bytes } = await put(artifacts, recordRecipe(day, number), async () => text)
    // Somebody else's, unless it is the same release once more.
    if (parseRecord(Buffer.from(bytes).toString())?.release === record.release) return
  }
}

async function releasesOf(day: string, artifacts: Artifacts): Promise<ReleaseRecord[]> {
  const records: ReleaseRecord[] = []
  for (let number = 0; ; number++) {
    const artifact = await artifacts.find(recordRecipe(day, number))
    if (!artifact) return records
    const record = parseRecord(Buffer.from(artifact.bytes).toString())
    if (record) records.push(record)
  }
}

function put(artifacts: Artifacts, recipe: ArtifactRecipe, read: () => Promise<Uint8Array>): Promise<Artifact> {
  return artifacts.make(recipe, {
    label: 'a release into the cache',
    cost: 0.1,
    memory: 1_000_000,
    outsidePool: true,
    work: async () => ({ bytes: await read(), info: {} }),
  })
}

function contentRecipe(sha256: string): ArtifactRecipe {
  return { kind: 'release-content', schema: 1, input: sha256 as InputDigest, settings: {} }
}

function recordRecipe(day: string, number: number): ArtifactRecipe {
  return { kind: 'release', schema: 1, input: digestOf('releases'), settings: { day, number } }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
