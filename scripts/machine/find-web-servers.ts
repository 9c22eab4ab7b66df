import { run } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { installPackage } from './install-package.ts'
import type { Packages } from './package-managers.ts'

interface WebServer {
  readonly name: string
  readonly commands: readonly string[]
  readonly version: string
  readonly packages: Packages
}

/** Debian and Ubuntu start servers of their own when they are installed, which are none of the tests' business, nor in their way. */
const NGINX: WebServer = {
  name: 'nginx',
  commands: ['nginx', '/usr/sbin/nginx'],
  version: '-v',
  packages: { 'apt-get': ['nginx'], dnf: ['nginx'], apk: ['nginx'], brew: ['nginx'] },
}

/** What the tests can do without: those of their targets are left out then, and say so. */
const OTHERS: readonly WebServer[] = [
  {
    name: 'Caddy',
    commands: ['caddy'],
    version: 'version',
    packages: { 'apt-get': ['caddy'], dnf: ['caddy'], apk: ['caddy'], brew: ['caddy'] },
  },
  {
    name: 'Apache',
    commands: ['apache2', 'httpd', '/usr/sbin/apache2'],
    version: '-v',
    packages: { 'apt-get': ['apache2'], dnf: ['httpd'], apk: ['apache2'], brew: ['httpd'] },
  },
]

/**
 * An nginx that starts: the one that PACELINE_NGINX names, else one of this machine, else the one of its package manager. Caddy and Apache are
 * installed beside it where that works.
 *
 * @throws {SetupError} When there is no nginx to be had.
 */
export async function findNginx(): Promise<string> {
  for (const server of OTHERS) await provide(server)
  const named = process.env['PACELINE_NGINX']
  if (named !== undefined && named !== '') {
    if (await starts(named, NGINX.version)) return named
    throw new SetupError(
      `\`PACELINE_NGINX\` names no nginx that starts; received ${named}. Name an nginx executable, or unset it.`,
    )
  }
  const found = await provide(NGINX)
  if (found !== undefined) return found
  throw new SetupError(
    'No nginx was found and none could be installed. Install nginx yourself, or name one in PACELINE_NGINX; tests that need it fail.',
  )
}

async function provide(server: WebServer): Promise<string | undefined> {
  return (await installed(server)) ?? installPackage(server.name, server.packages, () => installed(server))
}

async function installed({ commands, version }: WebServer): Promise<string | undefined> {
  for (const command of commands) if (await starts(command, version)) return command
  return undefined
}

async function starts(command: string, version: string): Promise<boolean> {
  const { code } = await run(command, [version], { quiet: true, timeoutMs: 30_000 })
  return code === 0
}
