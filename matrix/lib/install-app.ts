import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { npmCommand } from '../../scripts/lib/npm.mjs'
import { run } from '../../scripts/lib/run.ts'

/** What is needed to install our packages as users do. */
export interface Packed {
  /** The tarball of the umbrella, absolute. */
  readonly paceline: string
  /** Address that answers for `@paceline/*`. */
  readonly registry: string
}

/** Asks nobody. */
const QUIET = ['--no-audit', '--no-fund', '--prefer-offline']

/** About settings that this machine has for npm, which is no package's doing. */
const OWN_SETTINGS = /^npm warn unknown (?:user|env) config/i

/**
 * Copies an app into a folder and installs it there with npm, with the packed `paceline` among its dependencies.
 *
 * @param folders `from` the repository, `to` a new folder, and `root` in it: the workspace whose dependency it is
 * @throws {Error} when npm cannot install it
 */
export async function installApp(
  folders: { readonly from: string; readonly to: string; readonly root: string },
  { paceline, registry }: Packed,
): Promise<void> {
  await cp(folders.from, folders.to, { recursive: true })
  const file = join(folders.to, folders.root, 'package.json')
  const manifest = JSON.parse(await readFile(file, 'utf8'))
  manifest.devDependencies = { ...manifest.devDependencies, paceline: `file:${paceline}` }
  await writeFile(file, JSON.stringify(manifest, undefined, 2))
  await npmInstall(folders.to, [], registry)
}

/**
 * `npm install` in a folder, with words of its own.
 *
 * @param loglevel `error` for apps that bring along packages with warnings of their own
 * @returns what npm said
 * @throws {Error} with what npm said
 */
export async function npmInstall(
  cwd: string,
  words: readonly string[],
  registry: string,
  loglevel: 'error' | 'warn' = 'error',
): Promise<string> {
  const { command, prefix, shell } = npmCommand()
  const args = ['install', ...words, ...QUIET, `--loglevel=${loglevel}`, `--@paceline:registry=${registry}`]
  const { code, stdout } = await run(command, [...prefix, ...args], { cwd, quiet: true, shell, env: userEnvironment() })
  if (code === 0) return stdout
  // What npm says of a registry that is not there depends on what it still had: it is asked itself.
  const ping = await run(command, [...prefix, 'ping', '--loglevel=error'], { quiet: true, shell, timeoutMs: 60_000 })
  const next =
    ping.code === 0
      ? 'What npm says stands below.'
      : "npm's registry does not answer (`npm ping`); these tests install from it. Put the network right and run them again."
  throw new Error(`\`npm install ${words.join(' ')}\` in ${cwd} ended with ${code}. ${next}\n${stdout}`)
}

/** What npm warns of, but for the settings of this machine. */
export function npmWarnings(said: string): string[] {
  const lines = stripVTControlCharacters(said).split('\n')
  return lines.filter((line) => /^npm warn/i.test(line) && !OWN_SETTINGS.test(line))
}

/** The environment of somebody who has never heard of this repository: no tool of ours on the path, no colours. */
export function userEnvironment(): NodeJS.ProcessEnv {
  return { NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: '', NODE_ENV: undefined, PACELINE_REDIS_URL: '' }
}
