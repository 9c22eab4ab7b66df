import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'
import { run } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'

/** What Prometheus checks its rules with. Of the package only this one file is taken: installed, it would start a server. */
const FOLDER = join(root, '.cache/promtool')
const FILE = join(FOLDER, 'usr/bin/promtool')

/**
 * The promtool that PACELINE_PROMTOOL names, else one of this machine. On CI, and where PACELINE_TEST_PROMTOOL is set, the one in Debian's package is
 * fetched; elsewhere one that is there is used.
 *
 * @throws {SetupError} When there is none: its tests are skipped, and this says why.
 */
export async function findPromtool(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env['PACELINE_PROMTOOL']
  if (named) {
    if (await starts(named)) return named
    throw new SetupError(
      `\`PACELINE_PROMTOOL\` names no promtool that starts; received ${named}. Name a promtool executable, or unset it.`,
    )
  }
  for (const command of ['promtool', FILE]) if (await starts(command)) return command
  if ((env['CI'] || env['PACELINE_TEST_PROMTOOL']) && (await fetchPackage())) return FILE
  throw new SetupError(
    'Rules and panels for Prometheus are not judged here: promtool is missing. Install Prometheus, name a promtool in PACELINE_PROMTOOL, or, on Debian and Ubuntu, set PACELINE_TEST_PROMTOOL=1 to fetch it (19 MB).',
  )
}

async function fetchPackage(): Promise<boolean> {
  tell('Fetching promtool …')
  mkdirSync(FOLDER, { recursive: true })
  const options = { cwd: FOLDER, quiet: true, timeoutMs: 120_000 }
  const download = async (): Promise<string | undefined> => {
    await run('apt-get', ['download', '-q', 'prometheus'], options)
    return readdirSync(FOLDER).find((name) => name.endsWith('.deb'))
  }
  let file = await download()
  if (file === undefined) {
    // The lists of a fresh image are empty or old.
    await run('apt-get', ['update', '-q'], options)
    file = await download()
  }
  if (file === undefined) return false
  await run('dpkg-deb', ['--extract', file, '.'], options)
  for (const name of [file, 'usr/bin/prometheus']) rmSync(join(FOLDER, name), { force: true })
  return starts(FILE)
}

async function starts(command: string): Promise<boolean> {
  const { code } = await run(command, ['--version'], { quiet: true, timeoutMs: 30_000 })
  return code === 0
}
