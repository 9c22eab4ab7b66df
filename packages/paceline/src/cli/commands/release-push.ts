import { readReport, reportFile } from '@paceline/build-graph'
import { renderJson } from '@paceline/budgets'
import { askCollector } from '../../collector/ask-collector.ts'
import { readRelease } from '../../collector/release-upload.ts'
import { collectorFlags, collectorOf } from '../collector/collector-flags.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../contract/load-config.ts'

export const releasePush: Command = {
  name: 'release push',
  summary: 'Tell the collector what is in the last build, so that it can name modules, routes and owners.',
  positionals: { usage: '', least: 0, most: 0 },
  options: collectorFlags,
  examples: ['paceline release push', 'PACELINE_COLLECTOR_TOKEN=… paceline release push --url https://rum.example.com'],
  async run(invocation, io) {
    const { root, reportDir } = await loadConfig(invocation, io)
    const upload = await readRelease(root, reportDir, await readReport(reportFile(reportDir, 'client')))
    const { release } = await askCollector<{ readonly release: string }>(collectorOf(invocation), 'releases', upload)
    const owned = Object.keys(upload.owners).length
    if (!upload.positions)
      io.err('paceline: the build wrote no positions of modules, so places are shown as they are.\n')
    const result = invocation.flag('json')
      ? renderJson({
          schemaVersion: 1,
          release,
          routes: upload.routes.length,
          owned,
          positions: Boolean(upload.positions),
        })
      : `Pushed ${release}: ${upload.routes.length} routes, ${upload.chunks.length} chunks, ${owned} modules with owners.\n`
    return { code: 0, result }
  },
}
