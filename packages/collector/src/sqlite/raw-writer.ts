import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { readBeacons } from '../intake/read-beacons.ts'
import type { Arrived, Delivery } from '../store/store.ts'
import { dayOf, RawLog } from './raw-log.ts'

/** What became of several bodies: of each the number of beacons, or 0 when it is invalid. */
export interface Written {
  readonly beacons: number[]
  readonly problems: Record<string, number>
  /** The last of them. */
  readonly arrived: Arrived[]
}

/** Shown to whoever watches, of one batch. */
const MOST_SHOWN = 20
const decoder = new TextDecoder()

/** Checks bodies and writes them to the raw log, and does nothing else: pages wait for it. */
export class RawWriter {
  readonly #dir: string
  readonly #raw: RawLog

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true })
    lock(dir)
    this.#dir = dir
    this.#raw = new RawLog(dir, 'write')
  }

  /** When it returns, what is valid is on disk. */
  append(deliveries: readonly Delivery[]): Written {
    const written: Written = { beacons: [], problems: {}, arrived: [] }
    const days = new Map<string, Delivery[]>()
    let last = { from: Number.POSITIVE_INFINITY, to: 0, entries: [] as Delivery[] }
    for (const [index, delivery] of deliveries.entries()) {
      const beacons = readBeacons(decoder.decode(delivery.body))
      if (typeof beacons === 'string') {
        written.beacons.push(0)
        written.problems[beacons] = (written.problems[beacons] ?? 0) + 1
        continue
      }
      written.beacons.push(beacons.length)
      const { at, country, bot } = delivery
      if (index >= deliveries.length - MOST_SHOWN)
        for (const beacon of beacons) written.arrived.push({ at, country, bot, beacon })
      // Nearly all of a batch is of one day: it is not asked for again and again.
      if (at < last.from || at >= last.to) {
        const day = dayOf(at)
        const from = Date.parse(day)
        last = { from, to: from + 86_400_000, entries: days.get(day) ?? [] }
        days.set(day, last.entries)
      }
      last.entries.push(delivery)
    }
    for (const [day, entries] of days) this.#raw.append(day, entries)
    return written
  }

  /** Commits something that means nothing, as an append does. @returns why that cannot be done; no paths */
  check(at: number): string | undefined {
    try {
      this.#raw.touch(dayOf(at))
      return undefined
    } catch (error) {
      const { code, errstr = code, message } = error as { code?: string; errstr?: string; message: string }
      // What SQLite says of its kind of error names no file; what the file system says does.
      return `Beacons cannot be written; received "${errstr ?? message}".`
    }
  }

  close(): void {
    this.#raw.close()
    rmSync(lockFile(this.#dir), { force: true })
  }
}

function lockFile(dir: string): string {
  return join(dir, 'collector.lock')
}

/** @throws when another process that is alive has it */
function lock(dir: string): void {
  const file = lockFile(dir)
  const take = (): void => {
    const handle = openSync(file, 'wx')
    writeSync(handle, `${process.pid}`)
    closeSync(handle)
  }
  try {
    take()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(readFileSync(file, 'utf8'))
    if (owner !== process.pid && isAlive(owner)) throw new Error('IN_USE', { cause: error })
    rmSync(file, { force: true })
    take()
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
