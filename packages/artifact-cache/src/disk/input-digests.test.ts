import { mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import type { BigIntStats } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf } from '../digest-of.ts'
import { diskTier } from './disk-tier.ts'
import { inputDigests, type InputDigests } from './input-digests.ts'

const DAY = 86_400_000

let dir: string
let file: string
/** The clock of the digests: files are written now, so they are read a minute later. */
let later = 60_000

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'paceline-inputs-'))
  file = join(dir, 'a.jpg')
  later = 60_000
  await writeFile(file, 'bytes')
})

afterEach(() => rm(dir, { recursive: true, force: true }))

const open = (): InputDigests => inputDigests(dir, () => Date.now() + later)
const statsOf = (path = file): Promise<BigIntStats> => stat(path, { bigint: true })

const input = { digest: digestOf('bytes'), kind: 'jpeg' }

async function note(digests = open()): Promise<void> {
  const stats = await statsOf()
  digests.note(stats, stats, input)
  await digests.save()
}

test('what was noted of a file is found as long as nobody touches it', async () => {
  await note()
  expect(open().find(await statsOf())).toEqual(input)
  expect(await readFile(join(dir, 'inputs-v1'), 'utf8')).not.toContain('a.jpg')
})

test('a file of the same size that was given its old time back is another one', async () => {
  await note()
  const { atime, mtime } = await stat(file)
  await writeFile(file, 'BYTES')
  await utimes(file, atime, mtime)
  expect(open().find(await statsOf())).toBeUndefined()
})

test('so is one that was put in its place', async () => {
  await note()
  const other = join(dir, 'other')
  await writeFile(other, 'BYTES')
  const { atime, mtime } = await stat(file)
  await utimes(other, atime, mtime)
  await rename(other, file)
  expect(open().find(await statsOf())).toBeUndefined()
})

test('nothing is noted of a file that was written just before it was read, or after that', async () => {
  later = 1000
  await note()
  expect(open().find(await statsOf())).toBeUndefined()

  later = 60_000
  const before = await statsOf()
  await writeFile(file, 'longer bytes')
  const digests = open()
  digests.note(before, await statsOf(), input)
  expect(digests.find(before)).toBeUndefined()
})

test('nothing is noted of a file from the future, or without an inode', async () => {
  const stats = await statsOf()
  const digests = open()
  const future = Object.assign(await statsOf(), { ctimeNs: stats.ctimeNs + 3_600_000_000_000n })
  digests.note(future, future, input)
  expect(digests.find(future)).toBeUndefined()
  const withoutInode = Object.assign(await statsOf(), { ino: 0n })
  digests.note(withoutInode, withoutInode, input)
  expect(digests.find(withoutInode)).toBeUndefined()
})

test('what is damaged is as good as nothing, and is written anew', async () => {
  await note()
  const noted = join(dir, 'inputs-v1')
  const text = await readFile(noted, 'utf8')
  for (const damaged of ['', 'x', text.slice(0, -5), text.replace(input.digest, digestOf('other')), '[]']) {
    await writeFile(noted, damaged)
    expect(open().find(await statsOf())).toBeUndefined()
  }
  await note()
  expect(open().find(await statsOf())).toEqual(input)
})

test('what nobody asks for is forgotten after a month, what is asked for stays', async () => {
  await note()
  later = 29 * DAY
  const digests = open()
  expect(digests.find(await statsOf())).toEqual(input)
  await digests.save()

  later = 58 * DAY
  const other = open()
  await writeFile(join(dir, 'other'), 'x')
  const stats = await statsOf(join(dir, 'other'))
  other.note(stats, stats, input)
  await other.save()
  expect(open().find(await statsOf())).toEqual(input)

  later = 95 * DAY
  const last = open()
  last.note(stats, stats, input)
  await last.save()
  expect(open().find(await statsOf())).toBeUndefined()
})

test('clearing the cache forgets all, and so does who finds that one was wrong', async () => {
  await note()
  await diskTier(dir).clear('', () => false)
  expect(open().find(await statsOf())).toBeUndefined()

  await note()
  const digests = open()
  digests.forget()
  expect(digests.find(await statsOf())).toBeUndefined()
  await digests.save()
  expect(open().find(await statsOf())).toBeUndefined()
})
