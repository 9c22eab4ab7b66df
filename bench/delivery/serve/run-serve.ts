import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeMachine } from '../../lib/machine.ts'
import { writeSection } from '../../lib/results-page.ts'
import { spreadOf } from '../../lib/statistics.ts'
import { makeFiles, type ServedFile } from './make-files.ts'
import { renderServe, type ServedFigure, type ServeResults } from './render-serve.ts'
import { hasProgram, isNginx, SERVERS, startPeer, type Peer } from './start-peers.ts'

/** One run of wrk. */
interface Run {
  readonly perSecond: number
  /** Of the server, µs for each request. */
  readonly cpu: number
}

const bench = fileURLToPath(new URL('../..', import.meta.url))
const CONNECTIONS = 32
const SECONDS = 2

/** Measures the servers and prints the section; `write` puts it into the results. */
export async function runServe({ rounds, write }: { readonly rounds: number; readonly write: boolean }): Promise<void> {
  const results = await measureServers(rounds)
  const page = renderServe(results)
  process.stdout.write(page)
  if (!write) return
  writeSection(join(bench, 'RESULTS.md'), page)
  writeFileSync(join(bench, 'delivery/serve/results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

/**
 * Requests per second of the servers on the same files, in turn: one thread of wrk, connections kept alive. Before anything is measured, each must send the
 * same bytes.
 */
async function measureServers(rounds: number): Promise<ServeResults> {
  if (!hasProgram('wrk', '-v'))
    throw new Error('There is no wrk. Install it (Debian: `apt install wrk`) and run again.')
  const folder = mkdtempSync(join(tmpdir(), 'paceline-serve-'))
  const peers: Peer[] = []
  try {
    const dir = join(folder, 'dist')
    const files = makeFiles(dir)
    const hasNginx = hasProgram('nginx', '-v')
    if (!hasNginx) process.stderr.write('There is no nginx: it is left out.\n')
    for (const name of SERVERS) if (hasNginx || !isNginx(name)) peers.push(await startPeer(name, dir, folder))
    for (const peer of peers) for (const file of files) await checkAnswer(peer, file)
    const machine = describeMachine()
    const runs = measureRounds(peers, files, rounds)
    return {
      date: new Date().toISOString().slice(0, 10),
      machine,
      rounds,
      seconds: SECONDS,
      connections: CONNECTIONS,
      figures: files.flatMap((file) => peers.map((peer) => figureOf(runs, peer, file))),
    }
  } finally {
    for (const peer of peers) await peer.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Round by round: file → server → its run. */
type Rounds = readonly ReadonlyMap<string, ReadonlyMap<string, Run>>[]

function measureRounds(peers: readonly Peer[], files: readonly ServedFile[], rounds: number): Rounds {
  const done: Map<string, Map<string, Run>>[] = []
  for (let round = -1; round < rounds; round++) {
    process.stderr.write(round < 0 ? 'warming up …\n' : `round ${round + 1} of ${rounds}\n`)
    const byFile = new Map<string, Map<string, Run>>()
    for (const file of files) {
      byFile.set(file.name, new Map(peers.map((peer) => [peer.name, measure(peer, file, round < 0 ? 1 : SECONDS)])))
    }
    if (round >= 0) done.push(byFile)
  }
  return done
}

function measure(peer: Peer, file: ServedFile, seconds: number): Run {
  const before = peer.cpu()
  const text = execFileSync(
    'wrk',
    ['-t1', `-c${CONNECTIONS}`, `-d${seconds}`, '-H', 'Accept-Encoding: gzip', `${peer.origin}/${file.file}`],
    { encoding: 'utf8' },
  )
  const requests = Number(/(\d+) requests in/.exec(text)?.[1])
  if (!requests || /Non-2xx|Socket errors/.test(text))
    throw new Error(`${peer.name} did not answer all of wrk:\n${text}`)
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1])
  return { perSecond, cpu: ((peer.cpu() - before) * 1000) / requests }
}

function figureOf(rounds: Rounds, peer: Peer, file: ServedFile): ServedFigure {
  const runs = rounds.map((round) => round.get(file.name)!.get(peer.name)!)
  const ours = rounds.map((round) => round.get(file.name)!.get('paceline serve')!)
  return {
    file: file.name,
    bytes: file.gzip.byteLength,
    server: peer.name,
    perSecond: spreadOf(runs.map(({ perSecond }) => perSecond)),
    cpu: spreadOf(runs.map(({ cpu }) => cpu)),
    // Of the same round: a busy spell of the machine hits both.
    ratio: spreadOf(ours.map(({ perSecond }, index) => perSecond / runs[index]!.perSecond)),
    cpuRatio: spreadOf(ours.map(({ cpu }, index) => cpu / runs[index]!.cpu)),
  }
}

async function checkAnswer({ name, origin }: Peer, { file, gzip }: ServedFile): Promise<void> {
  const body = await new Promise<Buffer>((done, failed) => {
    request(`${origin}/${file}`, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => done(Buffer.concat(chunks)))
    })
      .on('error', failed)
      .end()
  })
  if (!body.equals(gzip)) throw new Error(`${name} does not send ${file} compressed as it lies there.`)
}
