import { mkdir } from 'node:fs/promises'
import type { Sla } from '@paceline/kit'
import { collectorError } from '../errors.ts'
import type { Arrived, Delivery, Receipt, Store } from '../store/store.ts'
import type { AppendResult, PackedDeliveries, ThreadData } from './protocol.ts'
import { KeptThread } from './kept-thread.ts'
import type { Retention } from './roller.ts'

export interface SqliteStoreOptions {
  readonly dir: string
  readonly sla: Sla
  readonly retention: Retention
  /** Hears why beacons stay in the raw log and do not come into the figures, and nothing once they do again. */
  readonly trouble?: ((message: string | undefined) => void) | undefined
  /** Hears what somebody has done to the files of the store, once. */
  readonly found?: ((message: string) => void) | undefined
}

/**
 * Opens a store in a directory. What a crash left unfinished is finished first.
 *
 * @throws `PACELINE_COLLECTOR_STORE` when the directory cannot hold it, `PACELINE_COLLECTOR_IN_USE` when another process has it
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { dir, sla, retention, trouble, found } = options
  const pressure = new Int32Array(new SharedArrayBuffer(8))
  const started: KeptThread[] = []
  const start = async (role: ThreadData['role'], revived?: () => void): Promise<KeptThread> => {
    const thread = await KeptThread.start({ role, dir, sla, retention, pressure }, revived)
    started.unshift(thread)
    return thread
  }
  const listeners = new Set<(arrived: readonly Arrived[]) => void>()
  const watch = (on: boolean): void => void writer.ask({ type: 'watch', on }).catch(() => {})
  let writer: KeptThread
  let roller: KeptThread
  let reader: KeptThread
  try {
    await mkdir(dir, { recursive: true })
    // One after the other: the first takes the directory, the second makes the tables that the third reads.
    writer = await start('writer', () => watch(listeners.size > 0))
    roller = await start('roller')
    reader = await start('reader')
  } catch (error) {
    for (const thread of started) await thread.close()
    const { message } = error as Error
    if (message === 'IN_USE') throw collectorError('PACELINE_COLLECTOR_IN_USE', [dir])
    throw collectorError('PACELINE_COLLECTOR_STORE', [dir, message], { cause: error })
  }
  writer.onArrived = (arrived) => {
    for (const listener of listeners) listener(arrived)
  }
  if (trouble) roller.onTrouble = trouble
  if (found) roller.onFound = found
  return {
    kind: 'sqlite',
    async append(deliveries) {
      Atomics.store(pressure, 0, deliveries.length)
      Atomics.store(pressure, 1, Math.floor(Number(process.hrtime.bigint() / 1_000_000_000n)))
      const packed = pack(deliveries)
      const result = await writer.ask<AppendResult>({ type: 'append', packed }, [packed.bodies.buffer])
      return receiptOf(result)
    },
    settle: () => roller.ask({ type: 'settle' }),
    cells: (filter, groupBy) => reader.ask({ type: 'cells', filter, groupBy }),
    operations: (filter) => reader.ask({ type: 'operations', filter }),
    culprits: (filter) => reader.ask({ type: 'culprits', filter }),
    objectives: (filter) => reader.ask({ type: 'objectives', filter }),
    dimensions: () => reader.ask({ type: 'dimensions' }),
    release: (release) => reader.ask({ type: 'release', release }),
    async putRelease(release) {
      await roller.ask({ type: 'putRelease', release })
      await reader.ask({ type: 'learn' })
    },
    sweep: (now) => roller.ask({ type: 'sweep', now }),
    statistics: () => roller.ask({ type: 'statistics' }),
    async check() {
      // Those that read may have much to do, and beacons are taken all the same: it is enough that they live.
      const dead = started.filter((thread) => !thread.isAlive)
      if (dead.length > 0) return `Threads of the store have ended: ${dead.map(({ role }) => role).join(', ')}.`
      return writer.ask<string | undefined>({ type: 'check', at: Date.now() })
    },
    watch(listener) {
      if (listeners.size === 0) watch(true)
      listeners.add(listener)
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) watch(false)
      }
    },
    async close() {
      // The one with the lock last; and also when another cannot finish, as on a full disk: what is in the raw log stays there.
      let failure: Error | undefined
      for (const thread of started) await thread.close().catch((error: Error) => (failure ??= error))
      if (failure) throw failure
    },
  }
}

function pack(deliveries: readonly Delivery[]): PackedDeliveries {
  const bodies = new Uint8Array(deliveries.reduce((sum, { body }) => sum + body.length, 0))
  const ends = new Uint32Array(deliveries.length)
  const at = new Float64Array(deliveries.length)
  const bots = new Uint8Array(deliveries.length)
  let end = 0
  for (const [index, delivery] of deliveries.entries()) {
    bodies.set(delivery.body, end)
    end += delivery.body.length
    ends[index] = end
    at[index] = delivery.at
    bots[index] = delivery.bot ? 1 : 0
  }
  const countries = deliveries.some(({ country }) => country !== '')
    ? deliveries.map(({ country }) => country)
    : undefined
  return { bodies, ends, at, bots, ...(countries ? { countries } : {}) }
}

function receiptOf({ beacons, problems }: AppendResult): Receipt {
  return {
    verdicts: Array.from(beacons, (count) => (count > 0 ? 'stored' : 'invalid')),
    beacons: beacons.reduce((sum, count) => sum + count, 0),
    problems,
  }
}
