import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describeMachine } from '../../lib/machine.ts'
import { writeSection } from '../../lib/results-page.ts'
import { startPeer, type Peer } from '../serve/start-peers.ts'
import { makeSite } from './make-site.ts'
import {
  renderMemory,
  type LiveSample,
  type LoadCounts,
  type MemoryResults,
  type MemoryRun,
  type MemorySample,
} from './render-memory.ts'

const bench = fileURLToPath(new URL('../..', import.meta.url))
const RATE = 1500
/** Seconds between two looks. */
const STEP = 5
/** Bytes; less than the site has, so that contents come and go. */
const MEMORY = 8_000_000
/** MiB that half of the young generation may grow to: what V8 takes by itself, and little. */
const SEMI_SPACES = [undefined, 8] as const

/** Measures the memory of the server under load for some seconds and prints the section; `write` puts it into the results. */
export async function runMemory({
  write,
  seconds,
}: {
  readonly write: boolean
  readonly seconds: number
}): Promise<void> {
  const results = await measureMemory(seconds)
  const page = renderMemory(results)
  process.stdout.write(page)
  if (!write) return
  writeSection(join(bench, 'RESULTS.md'), page)
  writeFileSync(join(bench, 'delivery/memory/results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

/** One server after the other: side by side they would take each other's CPU. */
async function measureMemory(seconds: number): Promise<MemoryResults> {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-memory-'))
  try {
    const dir = join(folder, 'dist')
    const paths = makeSite(dir)
    const machine = describeMachine()
    const runs: MemoryRun[] = []
    for (const semiSpace of SEMI_SPACES) {
      const peer = await startPeer('paceline serve', dir, folder, { memory: MEMORY, semiSpace, ready: '/' })
      try {
        runs.push({ ...(await measureRun(peer, paths, seconds)), semiSpace })
      } finally {
        await peer.stop()
      }
    }
    return { date: new Date().toISOString().slice(0, 10), machine, rate: RATE, memory: MEMORY, runs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureRun(
  peer: Peer,
  paths: readonly string[],
  seconds: number,
): Promise<Omit<MemoryRun, 'semiSpace'>> {
  const load = startLoad(peer.origin, paths)
  const samples: MemorySample[] = []
  const live: LiveSample[] = []
  for (let second = STEP; second <= seconds; second += STEP) {
    await sleep(STEP * 1000)
    if (load.exitCode !== null) throw new Error('The load ended before its time; what it said stands above.')
    samples.push({ second, rss: residentBytes(peer.pid) })
    if (second % 60 === 0) live.push({ second, bytes: await peer.live() })
  }
  const counts = await endLoad(load)
  if (counts.answered === 0 || counts.failed > 0) {
    throw new Error(`Of ${counts.answered + counts.failed} answers ${counts.failed} were not as they should be.`)
  }
  return { samples, live, counts }
}

function startLoad(origin: string, paths: readonly string[]): ChildProcess {
  const script = fileURLToPath(new URL('load-in-child.ts', import.meta.url))
  return spawn(process.execPath, [script, origin, String(RATE), ...paths], { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function endLoad(load: ChildProcess): Promise<LoadCounts> {
  const said = text(load.stdout!)
  load.stdin!.end()
  await once(load, 'close')
  return JSON.parse(await said) as LoadCounts
}

/** Memory of a process that is in RAM (proc(5): `VmRSS` of status, in kB of 1024 bytes). */
function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) * 1024
}
