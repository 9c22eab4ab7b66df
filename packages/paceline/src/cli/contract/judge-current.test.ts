import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { expect, it } from 'vitest'
import { buildApp, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'

it('several commands at once on one build agree, and leave one whole report', async () => {
  const root = await writeApp({ budgets: { initial: '1 B' } })
  await buildApp(root)
  const before = await readdir(join(root, '.paceline'))
  const runs = await Promise.all(Array.from({ length: 4 }, () => runIn(root, 'check')))
  expect(new Set(runs.map(({ err }) => err))).toEqual(new Set(['']))
  expect(new Set(runs.map(({ code, out }) => `${code} ${out}`)).size).toBe(1)
  const { budgets } = await readReport(join(root, '.paceline/report.json'))
  expect(budgets[0]?.status).toBe('fail')
  expect(await readdir(join(root, '.paceline'))).toEqual(before)
})
