import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock } from './file-lock.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paceline-lock-'))
  file = join(folder, 'below/a.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

const nobody = () => {}

test('lets one in at a time, and says once that it waits', async () => {
  const seen: string[] = []
  const waits: number[] = []
  const worker = (id: number) =>
    withFileLock(file, {
      onWait: () => waits.push(id),
      work: async () => {
        seen.push(`${id} in`)
        await sleep(20)
        seen.push(`${id} out`)
      },
    })
  await Promise.all([worker(1), worker(2)])
  expect(seen).toEqual(['1 in', '1 out', '2 in', '2 out'])
  expect(waits).toEqual([2])
  expect(existsSync(file)).toBe(false)
})

test('lets go when the work throws', async () => {
  await expect(withFileLock(file, { onWait: nobody, work: () => Promise.reject(new Error('no')) })).rejects.toThrow(
    'no',
  )
  expect(existsSync(file)).toBe(false)
})

test('takes over from a process that is gone, and tells the work that something was cut off', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  await withFileLock(file, { onWait: nobody, work: async () => {} })
  writeFileSync(file, String(pid))
  const { abandoned } = await withFileLock(file, { onWait: nobody, work: async (state) => state })
  expect(abandoned).toBe(true)
})

test('waits for the child of a process that is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  await withFileLock(file, { onWait: nobody, work: async ({ share }) => share(1) })
  writeFileSync(file, `${pid} ${child.pid}`)
  const waited = await new Promise<string>((resolve) => {
    void withFileLock(file, {
      onWait: () => {
        child.kill('SIGKILL')
        resolve('waited')
      },
      work: async () => resolve('went in'),
    })
  })
  expect(waited).toBe('waited')
})
