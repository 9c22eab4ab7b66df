import { renderJson } from '@paceline/budgets'
import { rollbackRelease } from '@paceline/delivery'
import type { Command } from '../command.ts'
import { loadDelivery } from '../release/load-delivery.ts'
import { renderRollback } from '../release/render-release.ts'

export const releaseRollback: Command = {
  name: 'release rollback',
  summary: 'Make the output of an archived release again, with the withdrawn one served on for open tabs.',
  positionals: { usage: '<release>', least: 1, most: 1 },
  options: {},
  examples: ['paceline release rollback 22913f78b4a8', 'paceline release rollback 2291 --json'],
  async run(invocation, io) {
    const [release = ''] = invocation.positionals
    const delivery = await loadDelivery(invocation, io)
    const rollback = await rollbackRelease({ ...delivery, release, now: Date.now() })
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, outDir: delivery.outDir, ...rollback })
      : renderRollback(rollback)
    return { code: 0, result }
  },
}
