import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseReport, readReport } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import { installModules, runCommand, withWorktree } from '@paceline/kit'
import type { Git } from '@paceline/kit'
import { baselineError } from './baseline-errors.ts'

export interface RebuildOptions {
  /** Config file, relative to the Vite root. @default Vite's own search */
  readonly configFile?: string | undefined
  readonly mode?: string | undefined
  /** A shell command, run in the Vite root, that builds instead of Vite's API; it must write `.paceline/report.json`. */
  readonly command?: string | undefined
  /** Told what takes time. */
  readonly log?: ((line: string) => void) | undefined
}

interface RebuildRequest extends RebuildOptions {
  readonly git: Git
  readonly ref: string
  readonly commit: string
  readonly root: string
}

/**
 * Builds a commit in a worktree of its own and gives its report. The commit need not have Paceline in its config: the
 * build graph is added when it is missing. A baseline over its budgets is a baseline all the same.
 *
 * @throws `PACELINE_BASELINE_BUILD_FAILED`
 */
export async function rebuildBaseline(request: RebuildRequest): Promise<BuildReport> {
  const { git, ref, commit, command, log = () => {} } = request
  log(`building ${ref} (${commit.slice(0, 7)}) to compare with`)
  try {
    return await withWorktree(git, commit, async (tree) => {
      await installModules(git, commit, tree, log)
      const root = join(tree, git.prefix)
      return command === undefined ? await buildWithVite(root, request) : await buildWithCommand(root, command)
    })
  } catch (cause) {
    const received = `it says:\n${indent(cause instanceof Error ? cause.message : String(cause))}\n`
    throw baselineError('PACELINE_BASELINE_BUILD_FAILED', [ref, commit.slice(0, 7), received], { cause })
  }
}

async function buildWithCommand(root: string, command: string): Promise<BuildReport> {
  const file = join(root, '.paceline/report.json')
  // The budgets of that commit may fail its build; the report is written before that.
  const failure = await runCommand(command, [], root, { shell: true }).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  return readReport(file).catch((cause: unknown) => {
    throw failure ?? cause
  })
}

/** In a process of its own: configs read `process.cwd()` and the environment, and a build may change both. */
async function buildWithVite(root: string, { configFile, mode }: RebuildRequest): Promise<BuildReport> {
  const out = join(root, '..', `paceline-baseline-${process.pid}.json`)
  const request = {
    out,
    vite: resolveFrom(root, 'vite'),
    graph: resolveFrom(import.meta.url, '@paceline/build-graph'),
    inline: {
      root,
      mode,
      configFile: configFile === undefined ? undefined : join(root, configFile),
      logLevel: 'error',
    },
  }
  await runCommand(process.execPath, ['--input-type=module', '--eval', BUILD_SCRIPT, JSON.stringify(request)], root)
  return parseReport(await readFile(out, 'utf8'), out)
}

const BUILD_SCRIPT = `
import { writeFile } from 'node:fs/promises'
const { vite, graph, out, inline } = JSON.parse(process.argv[1])
const { build } = await import(vite)
const { buildGraph, findBuildGraph } = await import(graph)
let config
const capture = { name: 'paceline:baseline', configResolved(resolved) { config = resolved } }
let failure
await build({ ...inline, plugins: [...buildGraph(), capture] }).catch((error) => { failure = error })
const report = config && findBuildGraph(config.plugins)?.report('client')
if (!report) throw failure ?? new Error('the build ended without a report')
await writeFile(out, JSON.stringify(report))
process.exit(0)
`

function resolveFrom(from: string, name: string): string {
  const base = from.startsWith('file:') ? from : join(from, 'package.json')
  return pathToFileURL(createRequire(base).resolve(name)).href
}

function indent(text: string): string {
  return text
    .split('\n')
    .slice(-30)
    .map((line) => `  ${line}`)
    .join('\n')
}
