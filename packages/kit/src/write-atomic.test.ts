import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeAtomic } from './write-atomic.ts'

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-kit-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('writes into folders that do not exist yet and replaces what is there', async () => {
  const dir = await folder()
  const file = join(dir, 'a/b.txt')
  await writeAtomic(file, 'old')
  await writeAtomic(file, 'new')
  expect(await readFile(file, 'utf8')).toBe('new')
  expect(await readdir(join(dir, 'a'))).toEqual(['b.txt'])
})

test('lets several write one file at once, and readers always see all that one of them wrote', async () => {
  const dir = await folder()
  const file = join(dir, 'a.txt')
  const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(300_000))
  await writeAtomic(file, texts[0]!)
  const writes = Promise.all(texts.map((text) => writeAtomic(file, text)))
  const seen = await Promise.all(texts.map(() => readFile(file, 'utf8')))
  await writes
  for (const text of [...seen, await readFile(file, 'utf8')]) expect(texts.includes(text)).toBe(true)
  expect(await readdir(dir)).toEqual(['a.txt'])
})

test('leaves nothing behind when it cannot write', async () => {
  const dir = await folder()
  await writeAtomic(join(dir, 'taken/inside.txt'), 'x')
  await expect(writeAtomic(join(dir, 'taken'), 'y')).rejects.toThrow()
  expect(await readdir(dir)).toEqual(['taken'])
})
