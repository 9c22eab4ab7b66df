import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

it('ends with 2 and the options there are, for one that is not known', () => {
  const bench = resolve(import.meta.dirname, '../published/main.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--wrote'], { encoding: 'utf8' })
  expect([status, stdout, stderr]).toEqual([
    2,
    '',
    "Unknown option '--wrote'. Its options: --write. bench/README.md says what they do.\n",
  ])
})
