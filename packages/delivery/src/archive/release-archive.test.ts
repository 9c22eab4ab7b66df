import { readdir, rm, utimes } from 'node:fs/promises'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { archivedFile, releaseRecord } from '../testing/records.ts'
import { openArchive, type ContentSource } from './release-archive.ts'

const content = (text: string): ContentSource => ({ sha256: hash('sha256', text, 'hex'), from: Buffer.from(text) })

async function newArchive() {
  const warnings: string[] = []
  const dir = await writeFixture({})
  return { dir, warnings, archive: openArchive(dir, (message) => warnings.push(message)) }
}

describe('openArchive', () => {
  it('keeps the same bytes once, however many releases have them', async () => {
    const { dir, archive } = await newArchive()
    for (const number of [1, 2, 3]) {
      const files = [archivedFile('same.js', 'same'), archivedFile('own.js', `own ${number}`)]
      await archive.add(releaseRecord(number, files), [content('same'), content(`own ${number}`)])
    }
    expect(await readdir(join(dir, 'content'))).toHaveLength(4)
    expect((await archive.list()).map(({ release }) => Number.parseInt(release, 16))).toEqual([3, 2, 1])
  })

  it('tells and removes what was damaged, and nothing else', async () => {
    const { dir, archive, warnings } = await newArchive()
    await archive.add(releaseRecord(1, [archivedFile('a.js', 'a'), archivedFile('b.js', 'b')]), [
      content('a'),
      content('b'),
    ])
    const { sha256 } = content('a')
    await writeFiles(dir, { [`content/${sha256}`]: 'other bytes', '000000000002.json': '{', 'notes.txt': 'of mine' })
    expect(await archive.read(sha256)).toBeUndefined()
    expect(await archive.has(sha256)).toBe(false)
    expect((await archive.read(content('b').sha256))?.toString()).toBe('b')
    expect(await archive.list()).toHaveLength(1)
    expect(warnings).toEqual([expect.stringContaining(sha256), expect.stringContaining('000000000002.json')])
    expect(await readdir(dir)).toContain('notes.txt')
  })

  it('leaves alone what another build may be writing: contents that no release names yet', async () => {
    const { dir, archive } = await newArchive()
    const [young, old] = [content('of a build that goes on'), content('of a build that died')]
    await writeFiles(dir, { [`content/${young.sha256}`]: 'x', [`content/${old.sha256}`]: 'x' })
    const hours = new Date(Date.now() - 7_200_000)
    await utimes(join(dir, 'content', old.sha256), hours, hours)
    await archive.prune({ releases: 5, maxAge: undefined }, Date.now())
    expect(await readdir(join(dir, 'content'))).toEqual([young.sha256])
  })

  it('holds every release with all its contents when many add and prune at once', async () => {
    const { dir, archive } = await newArchive()
    const add = async (number: number): Promise<void> => {
      const own = openArchive(dir, () => {})
      const texts = ['shared', `half ${number % 2}`, `own ${number}`]
      await own.add(
        releaseRecord(
          number,
          texts.map((text) => archivedFile(`${text}.js`, text)),
        ),
        texts.map(content),
      )
      await own.prune({ releases: 4, maxAge: undefined }, Date.now())
    }
    await Promise.all(Array.from({ length: 20 }, (_, number) => add(number)))
    const records = await archive.list()
    expect(records.length).toBeGreaterThanOrEqual(5)
    for (const { files } of records) {
      for (const { sha256 } of files) expect(await archive.has(sha256)).toBe(true)
    }
  })

  it('is empty where there is nothing', async () => {
    const { dir, archive } = await newArchive()
    await rm(dir, { recursive: true })
    expect(await archive.list()).toEqual([])
    expect(await archive.prune({ releases: 1, maxAge: undefined }, Date.now())).toEqual([])
  })
})
