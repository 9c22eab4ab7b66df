import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('./server-in-child.ts', import.meta.url))

export interface Used {
  /** Milliseconds. */
  readonly cpu: number
  readonly rss: number
}

export interface BenchServer {
  readonly port: number
  readonly dir: string
  /** What it used, as it said last. */
  used(): Used
  /** Ends it at once. */
  kill(): Promise<void>
  /** Asks it to end. */
  stop(): Promise<void>
}

/** @param dir kept when it is given, else a new one that goes with the server */
export async function startBenchServer(kind: 'floor' | 'collector', dir?: string): Promise<BenchServer> {
  const at = dir ?? mkdtempSync(join(tmpdir(), 'paceline-bench-'))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, kind, at], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let used: Used = { cpu: 0, rss: 0 }
  const url = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as Partial<Used> & { readonly url?: string }
    if (said.url !== undefined) url.resolve(said.url)
    else used = said as Used
  })
  void closed.then(() => url.reject(new Error('The server ended before it listened.')))
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await closed
    if (dir === undefined) rmSync(at, { recursive: true, force: true })
  }
  return {
    port: Number(new URL(await url.promise).port),
    dir: at,
    used: () => used,
    kill: () => end('SIGKILL'),
    stop: () => end(kind === 'floor' ? 'SIGKILL' : 'SIGTERM'),
  }
}
