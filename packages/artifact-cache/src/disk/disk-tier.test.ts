import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeFixture } from '@paceline/testkit'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import { artifact } from '../testing/samples.ts'
import type { StoredArtifact } from '../tiers/tier.ts'
import { contentDir, entryFile, indexDir } from './cacache-layout.ts'
import { diskTier } from './disk-tier.ts'

async function filesBelow(dir: string): Promise<string[]> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name))
}

describe('a directory whose bytes change', () => {
  it.each(['entry', 'content'] as const)(
    'gives no wrong bytes for a flipped bit in an %s, and mends itself',
    async (part) => {
      const dir = await writeFixture({})
      const tier = diskTier(dir)
      const random = seeded(part === 'entry' ? 1 : 2)
      const value = artifact(64, { score: 81 })
      let damaged = 0
      for (let round = 0; round < 150; round++) {
        await tier.put('app:kind:1', value)
        const [file] = await filesBelow(part === 'entry' ? indexDir(dir) : contentDir(dir))
        const bytes = await readFile(file!)
        bytes[Math.floor(random() * bytes.byteLength)]! ^= 1 << Math.floor(random() * 8)
        await writeFile(file!, bytes)
        const found = await tier.get('app:kind:1')
        if (found === 'damaged') damaged++
        // A flip in a line that an older one stands in for, or in the line break, changes nothing.
        else if (found !== undefined) expectSame(found, value)
        if (found === 'damaged' || found === undefined) expect(await tier.get('app:kind:1')).toBeUndefined()
        await tier.put('app:kind:1', value)
        expectSame(await tier.get('app:kind:1'), value)
        await tier.remove('app:kind:1')
      }
      expect(damaged).toBeGreaterThan(part === 'entry' ? 100 : 149)
    },
  )

  it('counts content that is cut off as damaged, and content that is gone as a miss', async () => {
    const dir = await writeFixture({})
    const tier = diskTier(dir)
    await tier.put('app:kind:1', artifact(100))
    const [file] = await filesBelow(contentDir(dir))
    await truncate(file!, 10)
    expect(await tier.get('app:kind:1')).toBe('damaged')
    await tier.put('app:kind:1', artifact(100))
    const [other] = await filesBelow(contentDir(dir))
    await tier.clear('other:', () => true)
    await import('node:fs/promises').then(({ rm }) => rm(other!))
    expect(await tier.get('app:kind:1')).toBeUndefined()
    expect(await filesBelow(indexDir(dir))).toEqual([])
  })
})

describe('last use', () => {
  it('is noted once an hour at most', async () => {
    const dir = await writeFixture({})
    const tier = diskTier(dir)
    await tier.put('app:kind:1', artifact())
    const file = entryFile(dir, 'app:kind:1')
    const setAge = async (minutes: number): Promise<number> => {
      const time = Math.floor(Date.now() / 1000) - minutes * 60
      await utimes(file, time, time)
      await tier.get('app:kind:1')
      return Math.round((Date.now() - (await stat(file)).mtimeMs) / 60_000)
    }
    expect(await setAge(50)).toBe(50)
    expect(await setAge(70)).toBe(0)
  })
})

describe('several processes in one directory', () => {
  it('read what each other write, and no process sees half of it', async () => {
    const dir = await writeFixture({})
    const script = fileURLToPath(new URL('../testing/hammer-disk.ts', import.meta.url))
    const children = ['1', '2', '3'].map((seed) =>
      spawn(process.execPath, [script, dir, seed], { stdio: ['ignore', 'pipe', 'inherit'] }),
    )
    const results = await Promise.all(
      children.map(async (child) => {
        let text = ''
        child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()))
        const [code] = (await once(child, 'close')) as [number]
        expect(code).toBe(0)
        return JSON.parse(text) as { hits: number; wrong: number; damaged: number; pruned: number }
      }),
    )
    for (const { hits, wrong, damaged, pruned } of results) {
      expect({ wrong, damaged }).toEqual({ wrong: 0, damaged: 0 })
      expect(hits).toBeGreaterThan(50)
      expect(pruned).toBeGreaterThan(0)
    }
  })
})

function expectSame(found: StoredArtifact | 'damaged' | undefined, { bytes, info, ms }: StoredArtifact): void {
  if (!found || found === 'damaged') throw new Error(`It is ${found}.`)
  expect(Buffer.from(found.bytes).equals(Buffer.from(bytes))).toBe(true)
  expect({ info: found.info, ms: found.ms }).toEqual({ info, ms })
}
