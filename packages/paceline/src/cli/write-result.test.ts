import { execFileSync } from 'node:child_process'
import { lstat, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { writeResult } from './write-result.ts'

test('makes the folder, and replaces what was there, through a link', async () => {
  const root = await writeFixture({ 'kept/real.json': 'old and longer' })
  await symlink(join(root, 'kept/real.json'), join(root, 'link.json'))
  await writeResult(join(root, 'link.json'), 'new')
  await writeResult(join(root, 'made/out.json'), 'made')
  expect(await readFile(join(root, 'kept/real.json'), 'utf8')).toBe('new')
  expect((await lstat(join(root, 'link.json'))).isSymbolicLink()).toBe(true)
  expect(await readFile(join(root, 'made/out.json'), 'utf8')).toBe('made')
  expect([...(await readdir(root)), ...(await readdir(join(root, 'kept')))].toSorted()).toEqual(
    ['kept', 'link.json', 'made', 'real.json'].toSorted(),
  )
})

test('leaves what cannot be written as it was', async () => {
  const root = await writeFixture({ 'dir/file': '' })
  await expect(writeResult(join(root, 'dir'), 'text')).rejects.toThrow('EISDIR')
  expect(await readdir(root)).toEqual(['dir'])
})

test.runIf(process.platform !== 'win32')('writes into a pipe instead of replacing it', async () => {
  const pipe = join(await writeFixture({}), 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
  const read = readFile(pipe, 'utf8')
  await writeResult(pipe, 'text')
  expect((await lstat(pipe)).isFIFO()).toBe(true)
  expect(await read).toBe('text')
})
