import { promisify } from 'node:util'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import * as zlib from 'node:zlib'
import type { ZlibCall } from '@paceline/kit'
import { poolThreads } from './pool-threads.ts'

/** Makes calls of zlib, for jobs of the scheduler. */
export interface EncodeThreads {
  /** @param cost expected milliseconds, as in the job */
  encode(call: ZlibCall, input: Uint8Array, cost: number): Promise<Uint8Array>
  /** Whether a call of this cost is made outside libuv's pool. */
  isOutsidePool(cost: number): boolean
  /** Ends the threads; they start again when they are needed. */
  close(): Promise<void>
}

export interface EncodeThreadsOptions {
  /** How many calls may be made at once: the places of the scheduler. */
  readonly places: number
  /** Threads of libuv's pool, which reads and writes files as well. @default UV_THREADPOOL_SIZE, or 4 */
  readonly poolSize?: number | undefined
}

/** What a thread takes to start, milliseconds of CPU (Node 24 on one of two cores: 23 to 26). */
const START = 25
/** Below this it is made here and now: the way to the pool and back takes 0.1 ms of CPU by itself. */
const TRIP = 0.5
/** A thread that nobody needed for so long ends; in watch mode and in a dev server it would stay for ever. */
const IDLE = 2000

/** What a thread runs: the call comes as data, so it needs no file of ours, which bundlers would have to find. */
const PROGRAM = `
const { parentPort } = require('node:worker_threads')
const zlib = require('node:zlib')
parentPort.on('message', ({ call, input }) => {
  let answer
  try {
    answer = { bytes: new Uint8Array(zlib[call.name + 'Sync'](input, call.options)) }
  } catch (error) {
    answer = { error: { message: error.message, code: error.code } }
  }
  parentPort.postMessage(answer, answer.bytes ? [answer.bytes.buffer] : [])
})`

/** Flags of the process are for its own program: `--input-type=module` would make a module of this one. */
const OPTIONS: WorkerOptions = { eval: true, execArgv: [] }

interface Answer {
  readonly bytes?: Uint8Array
  readonly error?: { readonly message: string; readonly code?: string }
}

/**
 * libuv has four threads for everything: with encoders on all of them no file is read or written, and a machine of eight cores is half idle.
 * So what takes longer than a thread to start gets a thread of its own where there are more places than the pool can spare; on
 * small machines, and for small inputs, the pool is faster.
 */
export function encodeThreads({ places, poolSize = poolThreads() }: EncodeThreadsOptions): EncodeThreads {
  const idle: Worker[] = []
  let timer: NodeJS.Timeout | undefined
  const rest = (worker: Worker): void => {
    worker.unref()
    idle.push(worker)
    clearTimeout(timer)
    timer = setTimeout(() => void close(), IDLE).unref()
  }
  const close = async (): Promise<void> => {
    clearTimeout(timer)
    await Promise.all(idle.splice(0).map((worker) => worker.terminate()))
  }
  const inThread = async (call: ZlibCall, input: Uint8Array): Promise<Uint8Array> => {
    const worker = idle.pop() ?? new Worker(PROGRAM, OPTIONS)
    worker.ref()
    // One that died does not come back.
    const { bytes, error } = await ask(worker, { call, input: alone(input) })
    rest(worker)
    if (bytes) return bytes
    throw Object.assign(new Error(error?.message), { code: error?.code })
  }
  const getsThread = (cost: number): boolean => places >= poolSize && cost >= START
  return {
    async encode(call, input, cost) {
      if (cost < TRIP) return here(call, input)
      return getsThread(cost) ? inThread(call, input) : inPool(call, input)
    },
    isOutsidePool: (cost) => cost < TRIP || getsThread(cost),
    close,
  }
}

// The functions differ in the type of their options only, and a call has those of its own.
function here({ name, options }: ZlibCall, input: Uint8Array): Uint8Array {
  return (zlib[`${name}Sync`] as (input: Uint8Array, options: object) => Uint8Array)(input, options)
}

function inPool({ name, options }: ZlibCall, input: Uint8Array): Promise<Uint8Array> {
  const encode = promisify(zlib[name] as (input: Uint8Array, options: object, done: Done) => void)
  return encode(input, options)
}

type Done = (error: Error | null, result: Uint8Array) => void

function ask(worker: Worker, question: { call: ZlibCall; input: Uint8Array }): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const exit = (code: number): void => reject(new Error(`the thread ended with exit code ${code}`))
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', exit)
  // Nothing is handed over: the input is needed for other encodings.
  worker.postMessage(question, [])
  return promise.finally(() => {
    worker.off('message', resolve)
    worker.off('error', reject)
    worker.off('exit', exit)
  })
}

/** A message takes the whole memory along that an array looks into. */
function alone(input: Uint8Array): Uint8Array {
  return input.byteLength === input.buffer.byteLength ? input : new Uint8Array(input)
}
