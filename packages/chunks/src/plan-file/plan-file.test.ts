import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readPlan, writePlan } from './plan-file.ts'
import { aPlan } from './testing/a-plan.ts'

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-plan-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('reads what it wrote, and nothing where there is no file', async () => {
  const file = join(await folder(), 'paceline.chunks.json')
  expect(await readPlan(file)).toBeUndefined()
  expect(await writePlan(file, aPlan({ a: { modules: ['src/'] } }))).toBe(true)
  expect(await readPlan(file)).toEqual(aPlan({ a: { modules: ['src/'] } }))
  const whole = aPlan({ a: {} }, { collections: ['icons'], updates: { '@org/b': 0.2, axios: 0.3 } })
  await writePlan(file, whole)
  expect(await readPlan(file)).toEqual(whole)
})

test('leaves a file alone that says the same, whatever its line ends', async () => {
  const dir = await folder()
  const file = join(dir, 'paceline.chunks.json')
  await writePlan(file, aPlan({ a: {} }))
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'))
  await utimes(file, 1, 1)
  expect(await writePlan(file, aPlan({ a: {} }))).toBe(false)
  expect((await stat(file)).mtimeMs).toBe(1000)
  expect(await writePlan(file, aPlan({ b: {} }))).toBe(true)
  expect(await readdir(dir)).toEqual(['paceline.chunks.json'])
})

test('a folder in the place of the file is an error by name', async () => {
  await expect(readPlan(await folder())).rejects.toMatchObject({ code: 'PACELINE_PLAN_FOREIGN' })
})
