import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from '../lib/npm.mjs'
import { root } from '../lib/root.mjs'
import { run } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'

/** ClickHouse in one library, for the tests of its adapter: 540 MB, so it stays out of the installation. */
const VERSION = '3.4.0'
const FOLDER = join(root, '.cache/chdb')

/**
 * The folder that chDB is installed in. On CI, and where PACELINE_TEST_CHDB is set, it is installed first; elsewhere one that is there is used.
 *
 * @throws {SetupError} When there is none: its tests are skipped, and this says why.
 */
export async function findChdb(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env['PACELINE_CHDB']) return env['PACELINE_CHDB']
  if (existsSync(join(FOLDER, 'node_modules/chdb/package.json'))) return FOLDER
  if ((env['CI'] || env['PACELINE_TEST_CHDB']) && (await install())) return FOLDER
  throw new SetupError(
    'The ClickHouse store is not tested here: chDB (540 MB) is missing. Set PACELINE_TEST_CHDB=1 to install it.',
  )
}

async function install(): Promise<boolean> {
  tell('Installing chDB …')
  mkdirSync(FOLDER, { recursive: true })
  // A package of its own, so that npm leaves the repository's alone.
  writeFileSync(join(FOLDER, 'package.json'), '{"private":true}\n')
  const { command, prefix, shell } = npmCommand()
  const argv = [...prefix, 'install', `chdb@${VERSION}`, '--no-audit', '--no-fund', '--loglevel=error']
  const { code } = await run(command, argv, { cwd: FOLDER, shell, quiet: true, timeoutMs: 300_000 })
  return code === 0
}
