import { run } from '../lib/run.ts'
import { tell } from '../lib/tell.ts'
import { packageManagers } from './package-managers.ts'
import type { PackageManager, Packages } from './package-managers.ts'

const PACKAGE_MS = 10 * 60_000

/**
 * Installs something with the package managers of this machine, one after the other, until it is found.
 *
 * @returns what `find` found; undefined when no way led there, or a password would be asked for
 */
export async function installPackage(
  name: string,
  packages: Packages,
  find: () => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const manager of packageManagers(process.platform, packages)) {
    const { code } = await run(manager.command, ['--version'], { quiet: true })
    if (code !== 0) continue
    const prefix = await privilege(manager)
    if (prefix === undefined) continue
    tell(`Installing ${name} with ${manager.command} …`)
    await runSteps(manager, prefix)
    const file = await find()
    if (file !== undefined) return file
  }
  return undefined
}

/** What to put in front of a command that needs root; undefined when a password would be asked for. */
async function privilege({ needsRoot }: PackageManager): Promise<string[] | undefined> {
  if (!needsRoot || process.getuid?.() === 0) return []
  const { code } = await run('sudo', ['-n', 'true'], { quiet: true })
  return code === 0 ? ['sudo', '-n'] : undefined
}

/** Codes are not looked at: one dead package source fails an update that found the package all the same. */
async function runSteps({ steps }: PackageManager, prefix: readonly string[]): Promise<void> {
  for (const step of steps) {
    const [command = '', ...args] = [...prefix, ...step]
    await run(command, args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: PACKAGE_MS })
  }
}
