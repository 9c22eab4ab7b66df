import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { Artifact, ArtifactJob } from '@paceline/artifact-cache'
import { PacelineError } from '@paceline/kit'
import { imageError } from '../errors.ts'
import { bytesOf } from './bytes-of.ts'
import type { Estimate } from './estimate-variant.ts'
import {
  subjectOf,
  withBytes,
  withoutBytes,
  withoutOrigin,
  type ImageAnswer,
  type ImageQuestion,
} from './image-message.ts'
import type { ImageWork } from './image-work.ts'
import { timeLimit } from './time-limit.ts'

/**
 * Bytes that the process takes beside its jobs: 79 MB at its start (55 of them the program of Node and libvips, which it shares with this process), the thread that scores, and what its
 * allocator and its garbage collector have yet to give back.
 */
const PROCESS_MEMORY = 150_000_000

/** Beside this file, as source and as built. */
const IS_SOURCE = import.meta.url.endsWith('.ts')
const PROGRAM = new URL(IS_SOURCE ? './image-process.ts' : './image-process.js', import.meta.url)

/**
 * Only the environment of a process decides how its allocator works, and glibc's, as it is, keeps what encoders let go of: blocks of up to 32 MB stay with the
 * thread that had them, hundreds of megabytes in a build. From 1 MiB on they go back to the system at once, threads share what is kept of the rest, and
 * so that it is not fetched page by page all the time, that grows by 8 MiB and gives back from 16 MiB on; see mallopt(3). Other allocators do not look at it.
 */
const ALLOCATOR = {
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '16777216',
  MALLOC_TOP_PAD_: '8388608',
  MALLOC_ARENA_MAX: '2',
}

/** A process that nobody needed for so long, milliseconds, ends: in a dev server it would stay for ever. */
const IDLE = 5000

interface Asked extends PromiseWithResolvers<Artifact | undefined> {
  readonly limit: NodeJS.Timeout
}

interface Encoder {
  readonly child: ChildProcess
  readonly waiting: Map<number, Asked>
  readonly ended: Promise<void>
  timer?: NodeJS.Timeout
}

/** One for everybody: how much it is asked at once is for the scheduler to say. */
let encoder: Encoder | undefined
let lastRequest = 0

/** The process ended before it answered. */
class ProcessEnded extends Error {}

/** The process was ended because it did not answer in time. */
class NoAnswer extends ProcessEnded {}

/** Those who were at work in a process that ended, each alone in the next one, one after the other. */
let alone: Promise<void> | undefined

/** What the scheduler is told of work on a picture: what it is and takes, and the process that it is done in. */
export function imageJob(
  work: ImageWork,
  estimate: Estimate,
): Pick<ArtifactJob, 'cost' | 'memory' | 'work' | 'processMemory'> {
  return {
    ...estimate,
    work: () => workInProcess(work, timeLimit(estimate)),
    processMemory: mayStartProcess() ? PROCESS_MEMORY : undefined,
  }
}

/**
 * Does work on a picture in a process of its own: its memory goes back to the system, libvips has all of libuv's threads to itself, and what crashes it
 * does not end the build without a word. Where processes may not be started (`node --permission`), it is done here.
 *
 * A process that ends before its time takes the work of others along. All of it is done again, each piece alone, so that whoever ends the next one is known.
 * One that does not answer in time is ended, with the same consequence.
 *
 * @param limit milliseconds after which it is taken for hung, see `timeLimit`
 * @throws what the work throws; `PACELINE_IMAGE_CHANGED`; `PACELINE_IMAGE_PROCESS_ENDED` for work that ends the process when it is alone in it, `PACELINE_IMAGE_HANGS` for work that
 *   does not end
 */
export async function workInProcess(work: ImageWork, limit: number): Promise<Artifact> {
  if (!mayStartProcess()) {
    const { doImageWork } = await import('./image-work.ts')
    return doImageWork(await readFor(work))
  }
  await nobodyAlone()
  try {
    return await askForAll(work, limit)
  } catch (error) {
    if (!(error instanceof ProcessEnded)) throw error
    return workAlone(work, limit)
  }
}

async function nobodyAlone(): Promise<void> {
  if (!alone) return
  await alone
  await nobodyAlone()
}

function workAlone(work: ImageWork, limit: number): Promise<Artifact> {
  const made = (alone ?? Promise.resolve()).then(() => askForAll(work, limit))
  const over = (): void => {
    if (alone === turn) alone = undefined
  }
  const turn = made.then(over, over)
  alone = turn
  return made.catch((error: unknown) => {
    if (!(error instanceof ProcessEnded)) throw error
    const code = error instanceof NoAnswer ? 'PACELINE_IMAGE_HANGS' : 'PACELINE_IMAGE_PROCESS_ENDED'
    throw imageError(code, [subjectOf(work), error.message], { cause: error })
  })
}

async function askForAll(work: ImageWork, limit: number): Promise<Artifact> {
  return (await ask(withoutBytes(work), limit)) ?? (await ask(withoutOrigin(await readFor(work)), limit))!
}

/** @throws `PACELINE_IMAGE_CHANGED` when nobody has read the picture and it is not any more what it was */
async function readFor(work: ImageWork): Promise<ImageWork> {
  return withBytes(work, await bytesOf(work.kind === 'header' ? work : work.source))
}

function mayStartProcess(): boolean {
  return !process.permission || process.permission.has('child')
}

/** Ends the process, if nobody waits for it, and waits for its end. It starts again when it is needed. */
export async function endImageProcess(): Promise<void> {
  if (encoder === undefined || encoder.waiting.size > 0) return
  const { child, ended, timer } = encoder
  encoder = undefined
  clearTimeout(timer)
  child.ref()
  if (child.connected) child.disconnect()
  await ended
}

function start(): Encoder {
  const child = fork(PROGRAM, {
    serialization: 'advanced',
    // Flags are for the program that they were given to.
    execArgv: IS_SOURCE ? ['--import', new URL('./testing/resolve-sources.ts', import.meta.url).href] : [],
    env: {
      ...ALLOCATOR,
      ...process.env,
      // The scheduler lets as many jobs run as there are cores, and nothing here reads files.
      UV_THREADPOOL_SIZE: String(Math.max(2, availableParallelism())),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const started: Encoder = { child, waiting: new Map(), ended }
  child.on('message', (answer: ImageAnswer) => settle(started, answer))
  // It could not be started.
  child.on('error', (error) => fail(started, error))
  child.on('exit', (code, signal) => {
    fail(started, new ProcessEnded(signal ?? `exit code ${code}`))
    resolve()
  })
  return started
}

/** @returns nothing when the picture's file is not any more what it was */
function ask(work: ImageWork, milliseconds: number): Promise<Artifact | undefined> {
  const started = (encoder ??= start())
  const { child, waiting, timer } = started
  clearTimeout(timer)
  const request = ++lastRequest
  const answer = Promise.withResolvers<Artifact | undefined>()
  waiting.set(request, { ...answer, limit: setTimeout(() => giveUp(started, milliseconds), milliseconds) })
  child.ref()
  child.channel?.ref()
  // A process that could not be started, or that has ended, says so in a moment: it has no channel then.
  if (child.connected) {
    child.send({ request, work } satisfies ImageQuestion, (error) => error && child.kill('SIGKILL'))
  }
  return answer.promise
}

function settle(started: Encoder, answer: ImageAnswer): void {
  const { waiting } = started
  const asked = waiting.get(answer.request)
  clearTimeout(asked?.limit)
  waiting.delete(answer.request)
  if (waiting.size === 0) rest(started)
  if ('error' in answer) asked?.reject(errorOf(answer.error))
  else asked?.resolve('artifact' in answer ? answer.artifact : undefined)
}

/** Does not keep this process alive. */
function rest(started: Encoder): void {
  started.child.unref()
  started.child.channel?.unref()
  started.timer = setTimeout(() => void endImageProcess(), IDLE).unref()
}

/** All who wait hear of it; the next one gets a new process. */
function fail(started: Encoder, reason: Error): void {
  clearTimeout(started.timer)
  if (encoder === started) encoder = undefined
  for (const { reject, limit } of started.waiting.values()) {
    clearTimeout(limit)
    reject(reason)
  }
  started.waiting.clear()
}

/** Its end is not waited for: what hangs in the kernel, on a disk that is gone for instance, ends when that lets go of it. */
function giveUp(started: Encoder, milliseconds: number): void {
  const { child } = started
  child.kill('SIGKILL')
  child.unref()
  child.channel?.unref()
  fail(started, new NoAnswer(`no answer within ${Math.round(milliseconds / 100) / 10} s`))
}

function errorOf({ message, code }: { readonly message: string; readonly code?: string }): Error {
  if (code?.startsWith('PACELINE_')) return new PacelineError(code, message)
  return Object.assign(new Error(message), code === undefined ? {} : { code })
}
