import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { EmittedPictures } from './emitted-pictures.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function output(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-emitted-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
  return dir
}

test('finds a file by its bytes', async () => {
  const files = { 'a.webp': 'one', 'b.webp': 'two', 'c.txt': 'two' }
  const pictures = new EmittedPictures(await output(files), Object.keys(files))
  expect(pictures.withBytes(bytes('two'))).toEqual(['b.webp'])
  expect(pictures.withBytes(bytes('six'))).toEqual([])
})

test('takes the word of the bundler for a file that is there with its size, and for no other', async () => {
  const files = { 'a.webp': 'one', 'b.webp': 'two' }
  const [there, gone, cut] = [bytes('two'), bytes('one'), bytes('shorter')]
  const known = new Map([
    // Its bytes in the output are others: nobody has looked.
    [there, 'a.webp'],
    [gone, 'gone.webp'],
    [cut, 'b.webp'],
  ])
  const pictures = new EmittedPictures(await output(files), Object.keys(files), known)
  expect(pictures.withBytes(there)).toEqual(['a.webp'])
  expect(pictures.withBytes(gone)).toEqual(['a.webp'])
  expect(pictures.withBytes(cut)).toEqual([])
})
