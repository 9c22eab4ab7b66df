import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { expect, it } from 'vitest'
import { artifact } from '../testing/samples.ts'
import type { StoredArtifact } from '../tiers/tier.ts'
import { contentDir, entryFile } from './cacache-layout.ts'
import { diskTier } from './disk-tier.ts'
import { pruneDisk } from './prune-disk.ts'

const DAY = 86_400_000
const ample = { maxSize: 1e9, maxAge: 30 * DAY }

async function filled(entries: Readonly<Record<string, { hours: number; value: StoredArtifact }>>): Promise<string> {
  const dir = await writeFixture({})
  const tier = diskTier(dir)
  for (const [key, { hours, value }] of Object.entries(entries)) {
    await tier.put(key, value)
    await setAge(entryFile(dir, key), hours)
  }
  return dir
}

async function setAge(file: string, hours: number): Promise<void> {
  const time = Date.now() / 1000 - hours * 3600
  await utimes(file, time, time)
}

async function left(dir: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of diskTier(dir).entries()) keys.push(key)
  return keys.sort()
}

async function contents(dir: string): Promise<string[]> {
  const items = await readdir(contentDir(dir), { recursive: true, withFileTypes: true })
  return items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name))
}

it('removes what was not used for longest until the rest fits, with its content', async () => {
  const dir = await filled({
    a: { hours: 1, value: artifact(10_000) },
    b: { hours: 5, value: artifact(10_000) },
    c: { hours: 3, value: artifact(10_000) },
    d: { hours: 9, value: artifact(10_000) },
  })
  const result = await pruneDisk(dir, { ...ample, maxSize: 22_000 })
  expect(result).toMatchObject({ entries: 2, keptEntries: 2, strays: 0 })
  expect(result.bytes).toBeGreaterThan(20_000)
  expect(result.keptBytes).toBeLessThan(22_000)
  expect(await left(dir)).toEqual(['a', 'c'])
  expect(await contents(dir)).toHaveLength(2)
  expect(await diskTier(dir).get('a')).toMatchObject({ ms: 12.5 })
})

it('takes of one hour only as much as has to go', async () => {
  const dir = await filled(
    Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`k${n}`, { hours: 2, value: artifact(10_000) }])),
  )
  expect(await pruneDisk(dir, { ...ample, maxSize: 55_000 })).toMatchObject({ entries: 5, keptEntries: 5 })
  expect(await contents(dir)).toHaveLength(5)
})

it('removes what nobody used for too long, whatever its size, and everything when told so', async () => {
  const dir = await filled({
    young: { hours: 24 * 29, value: artifact() },
    old: { hours: 24 * 31, value: artifact() },
  })
  expect(await pruneDisk(dir, ample)).toMatchObject({ entries: 1, keptEntries: 1 })
  expect(await left(dir)).toEqual(['young'])
  expect(await pruneDisk(dir, { ...ample, maxAge: 0 })).toMatchObject({ entries: 1, keptEntries: 0, keptBytes: 0 })
  expect(await contents(dir)).toEqual([])
})

it('keeps content that another entry has in common with one that goes', async () => {
  const value = artifact(1000)
  const dir = await filled({ old: { hours: 24 * 40, value }, young: { hours: 1, value } })
  expect(await contents(dir)).toHaveLength(1)
  expect(await pruneDisk(dir, ample)).toMatchObject({ entries: 1, keptEntries: 1 })
  expect(await diskTier(dir).get('young')).toMatchObject({ ms: 12.5 })
})

it('removes strays and the files of writers that died, once nobody can be about to use them', async () => {
  const dir = await filled({ a: { hours: 1, value: artifact() } })
  const stray = join(contentDir(dir), 'sha256/00/11/2233')
  const temporary = join(dir, 'tmp/dead')
  for (const file of [stray, temporary]) {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, 'x')
  }
  expect(await pruneDisk(dir, ample)).toMatchObject({ strays: 0 })
  await setAge(stray, 1)
  await setAge(temporary, 1)
  expect(await pruneDisk(dir, ample)).toMatchObject({ strays: 2, entries: 0, keptEntries: 1 })
  expect(await contents(dir)).toHaveLength(1)
})

it('has nothing to do in a directory that is not there', async () => {
  const dir = join(await writeFixture({}), 'none')
  expect(await pruneDisk(dir, ample)).toMatchObject({ entries: 0, strays: 0, keptEntries: 0 })
})
