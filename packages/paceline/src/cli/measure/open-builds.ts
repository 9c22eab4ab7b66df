import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { readCharTable, readReport, reportFile } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import { installModules, openGit, withWorktree } from '@paceline/kit'
import { isAddress } from '@paceline/lab'
import type { FindTable } from '@paceline/lab'
import type { Invocation } from '../command.ts'
import { loadConfig, rootOf } from '../contract/load-config.ts'
import type { Io } from '../io.ts'
import { appOf } from '../rebuild/app-of.ts'
import { withRebuilds } from '../rebuild/rebuild.ts'
import { findManifest } from '../serve/locate-dist.ts'
import { measureError } from './measure-errors.ts'

/** A build before it is served. */
export interface FoundBuild {
  /** As people call it. */
  readonly name: string
  /** An address, or a directory. */
  readonly given: string
  /** Folders that may hold the module tables of its scripts, absolute. */
  readonly reportDirs: readonly string[]
}

/** The build to measure: the one that is named, else the output of the app here. */
export async function findCandidate(invocation: Invocation, io: Io): Promise<FoundBuild> {
  const [named] = invocation.positionals
  const root = rootOf(invocation, io)
  if (named !== undefined) return { name: named, given: named, reportDirs: reportDirsOf(named, root, io.cwd) }
  const usual = join(root, 'dist')
  const dir = existsSync(usual) ? usual : (await loadConfig(invocation, io)).outDir
  return { name: relative(io.cwd, dir) || '.', given: dir, reportDirs: reportDirsOf(dir, root, io.cwd) }
}

/**
 * Lets `work` use the build to compare with: a directory, an address, or a git ref, whose merge base is built in a worktree of its own.
 *
 * @throws `PACELINE_MEASURE_BASELINE`, `PACELINE_GIT_*`, `PACELINE_REBUILD_FAILED`
 */
export async function withBaseline<Result>(
  given: string | undefined,
  invocation: Invocation,
  io: Io,
  work: (baseline: FoundBuild | undefined) => Promise<Result>,
): Promise<Result> {
  if (given === undefined) return work(undefined)
  const root = rootOf(invocation, io)
  if (isAddress(given) || existsSync(join(resolve(io.cwd, given), 'index.html'))) {
    return work({ name: given, given, reportDirs: reportDirsOf(given, root, io.cwd) })
  }
  const log = (line: string): void => io.err(`paceline: ${line}\n`)
  const app = appOf(invocation, io)
  const git = await openGit(app.root)
  const commit = await git
    .commitOf(given)
    .then(() => git.mergeBase(given))
    .catch((cause: unknown) => {
      const received = existsSync(resolve(io.cwd, given)) ? 'it has no `index.html`' : (cause as Error).message
      throw measureError('PACELINE_MEASURE_BASELINE', [given, received], { cause })
    })
  return withWorktree(git, commit, async (tree) => {
    await installModules(git, commit, tree, log, invocation.text('install'))
    return withRebuilds(async (rebuild) => {
      log(`building ${given} (${commit.slice(0, 7)})`)
      const treeRoot = join(tree, git.prefix)
      const configFile = app.configFile === undefined ? undefined : join(treeRoot, relative(app.root, app.configFile))
      // With its compression: an app is compared as it is served.
      const { outDir } = await rebuild({ root: treeRoot, configFile, mode: app.mode, fill: true })
      return work({ name: `${given} (${commit.slice(0, 7)})`, given: outDir, reportDirs: [`${outDir}-report`] })
    })
  })
}

/** The report that belongs to a build, when there is one: routes and limits are in it. */
export async function reportOf({ reportDirs }: FoundBuild): Promise<BuildReport | undefined> {
  for (const dir of reportDirs) {
    const file = reportFile(dir, 'client')
    if (existsSync(file)) return readReport(file)
  }
  return undefined
}

/** The delivery manifest that belongs to a build, absolute, when there is one: how its files are served in production. */
export async function manifestOf({ given, reportDirs }: FoundBuild, cwd: string): Promise<string | undefined> {
  if (isAddress(given)) return undefined
  return (await findManifest(resolve(cwd, given), reportDirs))?.file
}

/** Looks a script's modules up in the folders of all builds. */
export function tablesOf(builds: readonly (FoundBuild | undefined)[]): FindTable {
  const dirs = new Set(builds.flatMap((build) => build?.reportDirs ?? []))
  return async (hash) => {
    for (const dir of dirs) {
      const table = await readCharTable(dir, hash)
      if (table) return table
    }
    return undefined
  }
}

function reportDirsOf(given: string, root: string, cwd: string): string[] {
  const own = isAddress(given) ? [] : [join(dirname(resolve(cwd, given)), '.paceline')]
  return [...new Set([...own, join(root, '.paceline')])]
}
