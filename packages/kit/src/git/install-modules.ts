import { dirname, join } from 'node:path'
import type { Git } from './git.ts'
import { linkModules } from './link-modules.ts'
import { type Lockfile, LOCKFILES } from './lockfiles.ts'
import { runCommand } from './run-command.ts'

/** Lockfile → how its package manager installs exactly what it says. */
const INSTALLS: Readonly<Record<Lockfile, readonly [string, ...string[]]>> = {
  'package-lock.json': ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'],
  'npm-shrinkwrap.json': ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'],
  'pnpm-lock.yaml': ['pnpm', 'install', '--frozen-lockfile'],
  'yarn.lock': ['yarn', 'install', '--frozen-lockfile'],
  'bun.lock': ['bun', 'install', '--frozen-lockfile'],
}

/**
 * Links what is installed already when the commit has the same lockfiles and manifests, else installs anew.
 *
 * @param install a shell command that installs instead of the package manager of the lockfile; run beside the lockfile
 */
export async function installModules(
  git: Git,
  commit: string,
  tree: string,
  log: (line: string) => void,
  install?: string,
): Promise<void> {
  const { lockfile, manifests } = await packageFiles(git, commit)
  // Without a lockfile the manifests are all there is to compare.
  if (await git.isSame(commit, lockfile === undefined ? manifests : [lockfile])) {
    await linkModules(git.top, tree, manifests)
    return
  }
  const [command, ...args] = INSTALLS[lockfile?.split('/').at(-1) as Lockfile] ?? [
    'npm',
    'install',
    '--include=dev',
    '--no-audit',
    '--no-fund',
  ]
  // The build needs the development packages too, though its config has set NODE_ENV to production by now.
  const env = { ...process.env, NODE_ENV: 'development' }
  const cwd = join(tree, dirname(lockfile ?? 'package.json'))
  if (install !== undefined) {
    log(`${install} (the packages of that commit differ)`)
    await runCommand(install, [], cwd, { env, shell: true })
    return
  }
  log(`${[command, ...args].join(' ')} (the packages of that commit differ)`)
  await runCommand(command, args, cwd, { env })
}

/** What a commit says of its packages. */
interface PackageFiles {
  /** The lockfile that counts for the Vite root, from the root of the repository. */
  readonly lockfile: string | undefined
  readonly manifests: readonly string[]
}

/** The files of a commit that say what is installed: while they are the same, nothing need be installed. */
export async function packageFiles(git: Git, commit: string): Promise<PackageFiles> {
  const lockfiles = await git.listFiles(commit, LOCKFILES)
  const manifests = await git.listFiles(commit, ['package.json'])
  return { lockfile: nearestLockfile(lockfiles, git.prefix), manifests }
}

/** The lockfile of the Vite root or of the nearest directory above it. */
function nearestLockfile(files: readonly string[], prefix: string): string | undefined {
  const above = files.filter((file) => {
    const dir = dirname(file)
    return dir === '.' || prefix.startsWith(`${dir}/`)
  })
  return above.sort((a, b) => b.length - a.length)[0]
}
