import { execFile } from 'node:child_process'
import { relative, sep } from 'node:path'
import { promisify } from 'node:util'
import type { SourceOptions } from '@paceline/budgets'
import type { Contract } from './load-config.ts'

/**
 * Where the app lies in its repository: GitHub wants paths from there. Without git the app's root is taken for it.
 */
export async function sourceOptions({ root, configFile }: Contract): Promise<SourceOptions> {
  const { stdout } = await promisify(execFile)('git', ['-C', root, 'rev-parse', '--show-prefix']).catch(() => ({
    stdout: '',
  }))
  const prefix = stdout.trim()
  const config = configFile === undefined ? undefined : relative(root, configFile).split(sep).join('/')
  return { prefix, ...(config === undefined ? {} : { configFile: prefix + config }) }
}
