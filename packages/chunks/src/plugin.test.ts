import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describePluginContract } from '@paceline/testkit'
import { expect } from 'vitest'
import { chunks } from './plugin.ts'
import type { ChunksOptions } from './resolve-options.ts'

describePluginContract<ChunksOptions>({
  name: 'chunks() with the default strategy',
  create: chunks,
  options: { strategy: 'default', stable: false, returning: 0.5, weights: {} },
  changesOutput: false,
})

describePluginContract<ChunksOptions>({
  name: 'chunks() with a plan',
  create: (options) =>
    chunks({ strategy: 'planned', ...options, ...(options?.strategy ? {} : { strategy: 'planned' }) }),
  options: { strategy: 'planned', minChunkSize: '1 kB', maxInitialRequests: 5 },
  failing: { options: { strategy: 'planned', weights: { '/nowhere': 2 } }, code: 'PACELINE_WEIGHT_UNKNOWN' },
  changesOutput: true,
  async verify({ root }) {
    const plan = JSON.parse(await readFile(join(root, 'paceline.chunks.json'), 'utf8').catch(() => '{}'))
    if (plan.chunks) expect(plan.app).toBe('small-app')
  },
})
