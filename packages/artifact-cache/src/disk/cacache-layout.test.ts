import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { writeFixture } from '@paceline/testkit'
import cacache from 'cacache'
import { expect, it } from 'vitest'
import { contentFile, entryFile, readEntry } from './cacache-layout.ts'
import { writeEntry } from './write-entry.ts'

it('finds entries and contents where cacache puts them', async () => {
  const dir = await writeFixture({})
  for (const algorithm of ['sha256', 'sha512']) {
    const key = `app:brotli:${algorithm}`
    await cacache.put(dir, key, 'first', { algorithms: [algorithm], metadata: { ms: 1 } })
    await cacache.put(dir, key, 'second', { algorithms: [algorithm], metadata: { ms: 2 } })
    const theirs = await cacache.get.info(dir, key)
    const ours = readEntry(await readFile(entryFile(dir, key), 'utf8'))
    expect(ours).toEqual({ key, integrity: theirs!.integrity, size: 6, metadata: { ms: 2 } })
    expect(contentFile(dir, ours!.integrity)).toBe(theirs!.path)
    expect(existsSync(theirs!.path)).toBe(true)
  }
})

it('takes the last line that was written in whole, and none that was taken back', async () => {
  const dir = await writeFixture({})
  await cacache.put(dir, 'key', 'first')
  await cacache.put(dir, 'key', 'second')
  const text = await readFile(entryFile(dir, 'key'), 'utf8')
  expect(readEntry(text)?.size).toBe(6)
  expect(readEntry(text.slice(0, -1))?.size).toBe(5)
  expect(readEntry('')).toBeUndefined()
  expect(readEntry('\nabc\t{"key":"key"}')).toBeUndefined()
  await cacache.rm.entry(dir, 'key')
  expect(readEntry(await readFile(entryFile(dir, 'key'), 'utf8'))).toBeUndefined()
})

it('writes what cacache reads, verifies and replaces', async () => {
  const dir = await writeFixture({})
  writeEntry(dir, 'app:brotli:é', Buffer.from('first'), { ms: 1 })
  writeEntry(dir, 'app:brotli:é', Buffer.from('second'), { ms: 2 })
  const theirs = await cacache.get(dir, 'app:brotli:é')
  expect({ ...theirs, data: theirs.data.toString() }).toMatchObject({ data: 'second', size: 6, metadata: { ms: 2 } })
  expect(await cacache.verify(dir)).toMatchObject({ verifiedContent: 1, badContentCount: 0, missingContent: 0 })
  await cacache.put(dir, 'app:brotli:é', 'third', { algorithms: ['sha256'] })
  expect(readEntry(await readFile(entryFile(dir, 'app:brotli:é'), 'utf8'))?.size).toBe(5)
})
