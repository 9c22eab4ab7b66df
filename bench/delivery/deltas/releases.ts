import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { runBuild } from '../../lib/run-build.ts'
import { ENV } from './config.ts'

/**
 * Builds an app as a user would, into `state/dist`, with its archive in `state/paceline`.
 *
 * @param variant as `config` knows it
 * @param react the `node_modules` with the other React, where a variant wants it
 */
export async function buildRelease(app: string, state: string, variant: string, react = ''): Promise<BuildReport> {
  process.stderr.write(`${variant} …\n`)
  const task = {
    configModule: fileURLToPath(new URL('config.ts', import.meta.url)),
    variant,
    app,
    outDir: join(state, 'dist'),
    reportDir: join(state, 'usage'),
    figures: false,
  }
  await runBuild(task, { [ENV.state]: state, [ENV.react]: react })
  return readReport(join(state, 'paceline/report.json'))
}
