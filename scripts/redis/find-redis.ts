import { run } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { installPackage } from '../machine/install-package.ts'

/** Debian and Ubuntu start a server of their own when theirs is installed, which is none of the tests' business, nor in their way. */
const PACKAGES = { 'apt-get': ['redis-server'], dnf: ['redis'], apk: ['redis'], brew: ['redis'] }

/**
 * A Redis server that starts: the one that PACELINE_REDIS_SERVER names, else one of this machine, else the one of its package manager.
 *
 * @throws {SetupError} When none can be had.
 */
export async function findRedisServer(): Promise<string> {
  const named = process.env['PACELINE_REDIS_SERVER']
  if (named !== undefined && named !== '') {
    if (await starts(named)) return named
    throw new SetupError(
      `\`PACELINE_REDIS_SERVER\` names no Redis server that starts; received ${named}. Name a redis-server executable, or unset it.`,
    )
  }
  const found = (await installed()) ?? (await installPackage('Redis', PACKAGES, installed))
  if (found !== undefined) return found
  throw new SetupError(
    'No Redis server was found and none could be installed. Install redis-server yourself, or name one in PACELINE_REDIS_SERVER; tests that need it fail.',
  )
}

async function installed(): Promise<string | undefined> {
  for (const name of ['redis-server', 'valkey-server']) {
    if (await starts(name)) return name
  }
  return undefined
}

async function starts(command: string): Promise<boolean> {
  const { code, stdout } = await run(command, ['--version'], { quiet: true, timeoutMs: 30_000 })
  return code === 0 && /(?:Redis|Valkey) server/i.test(stdout)
}
