import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { openGit, runCommand, withWorktree, type Commit } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import { withRebuilds, type Rebuild } from '../rebuild/rebuild.ts'
import type { Rebuilt, RebuiltApp } from '../rebuild/rebuild-request.ts'
import { chooseCommits } from './choose-commits.ts'
import { DeltaSizes } from './delta-sizes.ts'
import { keepModules } from './prepare-modules.ts'
import { downloadsAfter, firstVisit } from './release-files.ts'
import { shortReason } from './render-replay.ts'
import { summarizeReplay } from './replay-result.ts'
import type { DeployDownload, DeployResult, ReplayResult, SkippedCommit } from './replay-result.ts'
import { STRATEGIES } from './replay-strategy.ts'

export interface ReplayQuestion {
  readonly app: RebuiltApp
  readonly range: string
  /** Names of {@link STRATEGIES}; the first is what the others are compared with. */
  readonly strategies: readonly string[]
  readonly deltas: boolean
  /** The newest so many commits. */
  readonly limit: number
  /** Shell command that installs the packages of a commit. */
  readonly install: string | undefined
  /** Shell command that makes what the app's build needs, at every commit. */
  readonly prepare: string | undefined
  readonly log: (line: string) => void
}

type Releases = ReadonlyMap<string, Rebuilt>

/**
 * Builds the commits of a range one after the other with every strategy and sums up what a visitor downloads who was
 * there before each deploy. Plans are made at the first commit and followed from there on, as they are in real life.
 *
 * @throws `PACELINE_GIT_*`, `PACELINE_REPLAY_EMPTY`
 */
export async function runReplay(question: ReplayQuestion): Promise<ReplayResult> {
  const { app, range, strategies, limit, log } = question
  const git = await openGit(app.root)
  const { base, deploys } = await chooseCommits(git, range, limit)
  return withWorktree(git, base.hash, (tree) =>
    withRebuilds(async (rebuild, temporary) => {
      const modules = keepModules(git, tree, log, question.install)
      const sizes = new DeltaSizes()
      const results: DeployResult[] = []
      const skipped: SkippedCommit[] = []
      let previous: Releases | undefined
      for (const [index, commit] of [base, ...deploys].entries()) {
        log(`${index + 1}/${deploys.length + 1} ${commit.hash.slice(0, 7)} ${commit.subject}`)
        try {
          await git.moveWorktree(tree, commit.hash)
          await modules.prepare(commit)
          if (question.prepare !== undefined) await runCommand(question.prepare, [], tree, { shell: true })
          const releases = await buildAll(commit, join(tree, git.prefix), rebuild, temporary)
          if (previous && isSame(previous, releases)) {
            skipped.push(named(commit, 'builds the same files'))
            await discard(releases)
            continue
          }
          if (previous) results.push({ ...named(commit), strategies: await compare(previous, releases, sizes) })
          if (previous) await discard(previous)
          previous = releases
        } catch (error) {
          skipped.push(named(commit, error instanceof Error ? error.message : String(error)))
          log(`${commit.hash.slice(0, 7)} is left out: ${shortReason(skipped.at(-1)!.reason)}`)
        }
      }
      if (results.length === 0) throw cliError('PACELINE_REPLAY_EMPTY', [range, reasonOf(skipped)])
      return summarizeReplay(range, strategies, results, skipped)
    }),
  )

  async function buildAll(commit: Commit, root: string, rebuild: Rebuild, temporary: string): Promise<Releases> {
    const { configFile, mode } = app
    const releases = new Map<string, Rebuilt>()
    for (const name of strategies) {
      const config = configFile === undefined ? undefined : join(root, relative(app.root, configFile))
      const plan = join(temporary, `${name}.plan.json`)
      const started = performance.now()
      try {
        releases.set(name, await rebuild({ root, configFile: config, mode, strategy: STRATEGIES[name]!, plan }))
      } catch (error) {
        await discard(releases)
        const message = error instanceof Error ? error.message : String(error)
        throw new Error(`${name}: ${message}`, { cause: error })
      }
      log(`  ${commit.hash.slice(0, 7)} ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    }
    return releases
  }

  async function compare(
    before: Releases,
    after: Releases,
    sizes: DeltaSizes,
  ): Promise<Record<string, DeployDownload>> {
    const entries: [string, DeployDownload][] = []
    for (const name of strategies) {
      const [old, now] = [before.get(name)!, after.get(name)!]
      const downloads = downloadsAfter(old.report, now.report)
      const routes = now.report.routes
      const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
      const deltas = question.deltas
        ? await Promise.all(
            downloads.map(async ({ files }) =>
              (await Promise.all(files.map((file) => sizes.sizeOf(file, old, now)))).reduce((a, b) => a + b, 0),
            ),
          )
        : undefined
      entries.push([
        name,
        {
          mean: Math.round(mean(downloads.map(({ bytes }) => bytes))),
          ...(deltas ? { deltas: Math.round(mean(deltas)) } : {}),
          routes: Object.fromEntries(downloads.map(({ id, bytes }) => [id, bytes])),
          firstLoad: {
            bytes: Math.round(mean(routes.map((route) => firstVisit(now.report, route)))),
            requests: mean(routes.map(({ firstLoad }) => firstLoad.requests)),
          },
        },
      ])
    }
    return Object.fromEntries(entries)
  }
}

function isSame(before: Releases, after: Releases): boolean {
  return [...after].every(([name, { report }]) => before.get(name)?.report.release === report.release)
}

async function discard(releases: Releases): Promise<void> {
  await Promise.all([...releases.values()].map(({ outDir }) => rm(outDir, { recursive: true, force: true })))
}

function named(commit: Commit): { commit: string; subject: string }
function named(commit: Commit, reason: string): SkippedCommit
function named({ hash, subject }: Commit, reason?: string): object {
  return { commit: hash, subject, ...(reason === undefined ? {} : { reason }) }
}

function reasonOf(skipped: readonly SkippedCommit[]): string {
  const [first] = skipped
  return first
    ? `no two of its commits could be compared; ${first.commit.slice(0, 7)}: ${shortReason(first.reason)}`
    : 'it has one commit only'
}
