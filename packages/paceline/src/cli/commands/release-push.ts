import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { readReport, reportFile } from '@paceline/build-graph'
import { renderJson } from '@paceline/budgets'
import { askCollector, collectorOptions } from '../collector/ask-collector.ts'
import { readCodeOwners, readPositions, releaseUpload } from '../collector/release-upload.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../contract/load-config.ts'

export const releasePush: Command = {
  name: 'release push',
  summary: 'Tell the collector what is in the last build, so that it can name modules, routes and owners.',
  positionals: { usage: '', least: 0, most: 0 },
  options: collectorOptions,
  examples: ['paceline release push', 'PACELINE_COLLECTOR_TOKEN=… paceline release push --url https://rum.example.com'],
  async run(invocation, io) {
    const { root, reportDir } = await loadConfig(invocation, io)
    const report = await readReport(reportFile(reportDir, 'client'))
    const positions = await readPositions(reportDir, report)
    const repository = repositoryOf(root)
    const upload = releaseUpload(report, positions, await readCodeOwners(repository, relative(repository, root)))
    const { release } = await askCollector<{ readonly release: string }>(invocation, 'releases', upload)
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

/** The directory with `.git`, or the app's own. */
function repositoryOf(root: string): string {
  for (let dir = root; ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return dir
    if (dirname(dir) === dir) return root
  }
}
