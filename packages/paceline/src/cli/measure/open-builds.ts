import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { readCharTable, readReport, reportFile } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import { errorCodes, installModules, openGit, withWorktree } from '@paceline/kit'
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

/** Both builds of a comparison, or the one there is. */
export interface FoundBuilds {
  readonly candidate: FoundBuild
  readonly baseline: FoundBuild | undefined
}

/** A build, and the commit that it was built from where that is known to be another one than HEAD. */
interface FoundCandidate extends FoundBuild {
  readonly commit?: string
}

/**
 * Lets `work` use the build to measure and the one to compare it with. Each is a directory, an address, or a git ref, which is built in a worktree of its
 * own: the candidate as it is, the baseline at the commit where the candidate parted from it.
 *
 * @param baseline as it was given
 * @throws `PACELINE_MEASURE_BUILD`, `PACELINE_MEASURE_BASELINE`, `PACELINE_GIT_*`, `PACELINE_REBUILD_FAILED`
 */
export async function withBuilds<Result>(
  baseline: string | undefined,
  invocation: Invocation,
  io: Io,
  work: (builds: FoundBuilds) => Promise<Result>,
): Promise<Result> {
  return withCandidate(invocation, io, (candidate) =>
    withBaseline(baseline, candidate.commit, invocation, io, (found) => work({ candidate, baseline: found })),
  )
}

/** The build to measure: the one that is named, else the output of the app here. */
async function withCandidate<Result>(
  invocation: Invocation,
  io: Io,
  work: (candidate: FoundCandidate) => Promise<Result>,
): Promise<Result> {
  const [named] = invocation.positionals
  const root = rootOf(invocation, io)
  if (named === undefined) {
    const usual = join(root, 'dist')
    const dir = existsSync(usual) ? usual : (await loadConfig(invocation, io)).outDir
    return work({ name: relative(io.cwd, dir) || '.', given: dir, reportDirs: reportDirsOf(dir, root, io.cwd) })
  }
  if (isBuilt(named, io)) return work({ name: named, given: named, reportDirs: reportDirsOf(named, root, io.cwd) })
  const commit = await openGit(root)
    .then((git) => git.commitOf(named))
    .catch((cause: unknown) => {
      throw measureError('PACELINE_MEASURE_BUILD', [named, whyNotBuilt(named, io, cause)], { cause })
    })
  return withCommit(named, commit, invocation, io, (build) => work({ ...build, commit }))
}

async function withBaseline<Result>(
  given: string | undefined,
  candidate: string | undefined,
  invocation: Invocation,
  io: Io,
  work: (baseline: FoundBuild | undefined) => Promise<Result>,
): Promise<Result> {
  if (given === undefined) return work(undefined)
  const root = rootOf(invocation, io)
  if (isBuilt(given, io)) return work({ name: given, given, reportDirs: reportDirsOf(given, root, io.cwd) })
  const commit = await openGit(root)
    .then(async (git) => {
      await git.commitOf(given)
      return git.mergeBase(given, candidate)
    })
    .catch((cause: unknown) => {
      throw measureError('PACELINE_MEASURE_BASELINE', [given, whyNotBuilt(given, io, cause)], { cause })
    })
  return withCommit(given, commit, invocation, io, work)
}

/** Lets `work` use a commit's build, made in a worktree; it is gone afterwards. */
async function withCommit<Result>(
  ref: string,
  commit: string,
  invocation: Invocation,
  io: Io,
  work: (build: FoundBuild) => Promise<Result>,
): Promise<Result> {
  const log = (line: string): void => io.err(`paceline: ${line}\n`)
  const app = appOf(invocation, io)
  const git = await openGit(app.root)
  const name = `${ref} (${commit.slice(0, 7)})`
  return withWorktree(git, commit, async (tree) => {
    await installModules(git, commit, tree, log, invocation.text('install'))
    return withRebuilds(async (rebuild) => {
      log(`building ${name}`)
      const treeRoot = join(tree, git.prefix)
      const configFile = app.configFile === undefined ? undefined : join(treeRoot, relative(app.root, app.configFile))
      // With its compression: an app is compared as it is served.
      const { outDir } = await rebuild({ root: treeRoot, configFile, mode: app.mode, fill: true })
      return work({ name, given: outDir, reportDirs: [`${outDir}-report`] })
    })
  })
}

function isBuilt(given: string, io: Io): boolean {
  return isAddress(given) || existsSync(join(resolve(io.cwd, given), 'index.html'))
}

function whyNotBuilt(given: string, io: Io, cause: unknown): string {
  if (existsSync(resolve(io.cwd, given))) return 'it has no `index.html`'
  // Whoever has no repository did not mean a ref.
  return errorCodes(cause).includes('PACELINE_GIT_UNAVAILABLE')
    ? 'there is no such directory'
    : (cause as Error).message
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
