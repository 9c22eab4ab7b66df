import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { Git } from './git.ts'
import { linkModules } from './link-modules.ts'

/** Lockfile → how its package manager installs exactly what it says. */
const INSTALLS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'package-lock.json': ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'],
  'npm-shrinkwrap.json': ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'],
  'pnpm-lock.yaml': ['pnpm', 'install', '--frozen-lockfile'],
  'yarn.lock': ['yarn', 'install', '--frozen-lockfile'],
  'bun.lock': ['bun', 'install', '--frozen-lockfile'],
}

/** Links what is installed already when the commit has the same lockfiles and manifests, else installs anew. */
export async function installModules(
  git: Git,
  commit: string,
  tree: string,
  log: (line: string) => void,
): Promise<void> {
  const lockfiles = await git.listFiles(commit, Object.keys(INSTALLS))
  const manifests = await git.listFiles(commit, ['package.json'])
  const lockfile = nearestLockfile(lockfiles, git.prefix)
  // Without a lockfile the manifests are all there is to compare.
  if (await git.isSame(commit, lockfile === undefined ? manifests : [lockfile])) {
    await linkModules(git.top, tree, manifests)
    return
  }
  const [command, ...args] = INSTALLS[lockfile?.split('/').at(-1) ?? ''] ?? [
    'npm',
    'install',
    '--include=dev',
    '--no-audit',
    '--no-fund',
  ]
  // The build needs the development packages too, though its config has set NODE_ENV to production by now.
  const env = { ...process.env, NODE_ENV: 'development' }
  log(`${[command, ...args].join(' ')} (the packages of that commit differ)`)
  await runCommand(command, args, join(tree, dirname(lockfile ?? 'package.json')), { env })
}

/** The lockfile of the Vite root or of the nearest directory above it. */
function nearestLockfile(files: readonly string[], prefix: string): string | undefined {
  const above = files.filter((file) => {
    const dir = dirname(file)
    return dir === '.' || prefix.startsWith(`${dir}/`)
  })
  return above.sort((a, b) => b.length - a.length)[0]
}

/**
 * Runs a command quietly.
 *
 * @throws with the end of what it printed when it fails
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  { shell = false, env = process.env }: { readonly shell?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const child = spawn(command, args, {
    cwd,
    env,
    shell: shell || process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', done)
  })
  if (code !== 0) throw new Error(output.trim() || `\`${command}\` ended with ${code ?? 'a signal'}`)
}
