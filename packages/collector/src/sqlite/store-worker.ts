import { parentPort, workerData } from 'node:worker_threads'
import type { Delivery } from '../store/store.ts'
import type { Answer, AppendResult, Message, PackedDeliveries, Request, ThreadData } from './protocol.ts'
import { RawWriter } from './raw-writer.ts'
import { SqliteReader } from './reader.ts'
import { Roller } from './roller.ts'

/*
 * One thread writes what arrives, one adds it to the figures, one reads them: SQLite is synchronous, pages wait for the first, people for the last,
 * and nobody for the one between.
 */

/** Milliseconds between two looks at the raw log. */
const LOOK = 250
/** Bodies in a batch from which on the machine is taken to be busy with intake: the figures then take a fifth of a core, and lag behind. */
const BUSY = 100
const BUSY_PAUSE = 4

const port = parentPort!
const { role, dir, sla, retention, pressure } = workerData as ThreadData
const post = (answer: Answer): void => port.postMessage(answer)

// Whoever starts this waits for one word: what was found while it started is told after that.
let early: string[] | undefined = []
const found = (message: string): void => void (early ? early.push(message) : post({ found: message }))

try {
  if (role === 'writer') serveWriter(new RawWriter(dir))
  else if (role === 'roller') serveRoller(new Roller(dir, sla, retention, found))
  else serveReader(new SqliteReader(dir, sla))
  post({ ready: true })
  for (const message of early) post({ found: message })
  early = undefined
} catch (error) {
  post({ failed: (error as Error).message })
}

function serveWriter(writer: RawWriter): void {
  let watched = false
  const append = (packed: PackedDeliveries): AppendResult => {
    const { beacons, problems, arrived } = writer.append(unpack(packed))
    if (watched && arrived.length > 0) post({ arrived })
    return { beacons: Uint8Array.from(beacons), problems }
  }
  listen((request) => {
    switch (request.type) {
      case 'append':
        return append(request.packed)
      case 'check':
        return writer.check(request.at)
      case 'watch':
        watched = request.on
        return undefined
      case 'close':
        return writer.close()
      default:
        throw new TypeError(request.type)
    }
  })
}

function serveRoller(roller: Roller): void {
  let timer: NodeJS.Timeout | undefined
  let trouble: string | undefined
  const tell = (message: string | undefined): void => {
    if (message !== trouble) post({ trouble: message })
    trouble = message
  }
  const look = (): void => {
    const begin = performance.now()
    let more = false
    try {
      more = roller.step()
      if (!isBusy()) roller.refresh()
      tell(undefined)
    } catch (error) {
      // The disk is full, or the file is busy: what is in the raw log stays there, and the next look tries again.
      tell((error as Error).message)
    }
    const took = performance.now() - begin
    timer = setTimeout(look, more ? (isBusy() ? took * BUSY_PAUSE : 0) : LOOK)
  }
  timer = setTimeout(look, 0)
  listen((request) => {
    switch (request.type) {
      case 'settle':
        return roller.settle()
      case 'putRelease':
        return roller.putRelease(request.release)
      case 'sweep':
        return roller.sweep(request.now)
      case 'statistics':
        return roller.statistics()
      case 'close':
        clearTimeout(timer)
        return roller.close()
      default:
        throw new TypeError(request.type)
    }
  })
}

function isBusy(): boolean {
  return Atomics.load(pressure, 0) >= BUSY && secondsNow() - Atomics.load(pressure, 1) <= 1
}

/** The same in all threads of a process, whatever its clock is set to. */
function secondsNow(): number {
  return Math.floor(Number(process.hrtime.bigint() / 1_000_000_000n))
}

function serveReader(reader: SqliteReader): void {
  listen((request) => {
    switch (request.type) {
      case 'cells':
        return reader.cells(request.filter, request.groupBy)
      case 'operations':
      case 'culprits':
      case 'objectives':
        return reader[request.type](request.filter)
      case 'dimensions':
        return reader.dimensions()
      case 'learn':
        return reader.learn()
      case 'release':
        return reader.release(request.release)
      case 'close':
        return reader.close()
      default:
        throw new TypeError(request.type)
    }
  })
}

function listen(handle: (request: Request) => unknown): void {
  port.on('message', ({ id, request }: Message) => {
    try {
      post({ id, result: handle(request) })
    } catch (error) {
      post({ id, problem: (error as Error).message })
    }
    if (request.type === 'close') port.close()
  })
}

function unpack({ bodies, ends, at, bots, countries }: PackedDeliveries): Delivery[] {
  return Array.from(ends, (end, index) => ({
    body: bodies.subarray(index === 0 ? 0 : ends[index - 1], end),
    at: at[index]!,
    bot: bots[index] === 1,
    country: countries?.[index] ?? '',
  }))
}
