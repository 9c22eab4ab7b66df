import { mkdir, mkdtemp, readFile, realpath, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interruptible, PacelineError, runCommand } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import type {
  RebuildAnswer,
  RebuildEdit,
  RebuildRequest,
  RebuildStrategy,
  Rebuilt,
  RebuiltApp,
} from './rebuild-request.ts'

/** One build: which app, and with which edits. */
export interface RebuildOptions extends RebuiltApp {
  readonly edits?: readonly RebuildEdit[] | undefined
  /** @default as the config says */
  readonly strategy?: RebuildStrategy | undefined
  /** The plan that is followed when the app is planned, absolute. @default one of this rebuild alone */
  readonly plan?: string | undefined
}

/** Builds an app once; the output stays until all is done. @throws `PACELINE_REBUILD_FAILED` */
export type Rebuild = (options: RebuildOptions) => Promise<Rebuilt>

/**
 * Lets `work` build an app as often as it likes, each time in a process and a temporary directory of its own. All of it
 * is gone at the end, also when the process is told to stop.
 *
 * @param work is also given the directory that goes away
 */
export async function withRebuilds<Result>(
  work: (rebuild: Rebuild, temporary: string) => Promise<Result>,
): Promise<Result> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'paceline-')))
  let count = 0
  const rebuild: Rebuild = async ({ root, configFile, mode, fill, edits = [], strategy, plan }) => {
    const dir = join(base, String(++count))
    await mkdir(dir)
    return runRebuild(dir, {
      root,
      ...(configFile === undefined ? {} : { configFile }),
      ...(mode === undefined ? {} : { mode }),
      ...(fill === undefined ? {} : { fill }),
      edits,
      ...(strategy === undefined ? {} : { strategy }),
      plan: plan ?? join(dir, 'plan.json'),
      outDir: join(dir, 'dist'),
      answer: join(dir, 'answer.json'),
      encoded: join(base, 'encoded'),
    })
  }
  return interruptible(
    () => rmSync(base, { recursive: true, force: true }),
    () => work(rebuild, base),
  )
}

async function runRebuild(dir: string, request: RebuildRequest): Promise<Rebuilt> {
  const file = join(dir, 'request.json')
  await writeFile(file, JSON.stringify(request))
  const child = fileURLToPath(new URL(CHILD, import.meta.url))
  await runCommand(process.execPath, [child, file], request.root).catch((cause: unknown) => {
    throw cliError('PACELINE_REBUILD_FAILED', [cause instanceof Error ? cause.message : String(cause)], { cause })
  })
  const answer = JSON.parse(await readFile(request.answer, 'utf8')) as RebuildAnswer
  if (!('error' in answer)) return { ...answer, outDir: request.outDir }
  const { code, message } = answer.error
  if (code !== undefined) throw new PacelineError(code, message)
  throw cliError('PACELINE_REBUILD_FAILED', [message])
}

/** Beside this file: in the sources, and in the bundle, where all of the command is one file. */
const CHILD = import.meta.url.endsWith('.ts') ? './child.ts' : './rebuild-child.js'
