import { inspectCache } from '@paceline/artifact-cache'
import { renderJson } from '@paceline/budgets'
import { readReport, reportFile } from '@paceline/build-graph'
import { loadCache } from '../cache/load-cache.ts'
import { renderContents } from '../cache/render-cache.ts'
import type { Command } from '../command.ts'

export const cacheStats: Command = {
  name: 'cache stats',
  summary: 'What the artifact cache holds, per tier and kind, and what the last build got from it.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {},
  examples: ['paceline cache stats', 'paceline cache stats --json'],
  async run(invocation, io) {
    const { options, reportDir } = await loadCache(invocation, io)
    const tiers = await inspectCache(options)
    // No build yet, or one without a report: then there is nothing to say of it.
    const lastBuild = await readReport(reportFile(reportDir, 'client')).then(
      ({ cache }) => cache,
      () => undefined,
    )
    const isKnown = tiers.every(({ problem }) => problem === undefined)
    const { namespace, maxSize } = options
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, namespace, maxSize, tiers, ...(lastBuild ? { lastBuild } : {}) })
      : renderContents(tiers, maxSize, lastBuild, io)
    return { code: isKnown ? 0 : 2, result }
  },
}
