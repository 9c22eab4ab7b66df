import { measureHalfLoad } from '../collector/measure-intake.ts'
import { measureQueries } from '../collector/measure-queries.ts'

/** The collector under one rate of requests, ms until they are answered. */
export interface RateFigure {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

/** The collector with so many beacons stored over thirty days. */
export interface StoredFigure {
  readonly beacons: number
  readonly bytes: number
  /** The slowest of the dashboard's queries, ms, with nothing in the cache of answers. */
  readonly query: string
  readonly p50: number
  readonly p95: number
}

export interface CollectorScaling {
  readonly rates: readonly RateFigure[]
  readonly stored: readonly StoredFigure[]
}

const DAYS = 30

/**
 * @param rates requests per second, one beacon each, for so many seconds
 * @param stored numbers of beacons
 */
export async function measureCollector(
  {
    rates,
    stored,
    seconds,
  }: { readonly rates: readonly number[]; readonly stored: readonly number[]; readonly seconds: number },
  tell: (what: string) => void,
): Promise<CollectorScaling> {
  const found: RateFigure[] = []
  for (const rate of rates) {
    tell(`collector: ${rate} requests per second`)
    // It takes what the server manages flat out, and asks for half of that.
    const { p50, p99 } = await measureHalfLoad(rate * 2, seconds)
    found.push({ rate, p50, p99 })
  }
  const filled: StoredFigure[] = []
  for (const beacons of stored) {
    tell(`collector: ${beacons} beacons stored`)
    filled.push(await slowestQuery(beacons))
  }
  return { rates: found, stored: filled }
}

async function slowestQuery(wanted: number): Promise<StoredFigure> {
  const { beacons, bytes, figures } = await measureQueries(wanted, DAYS, false)
  const slowest = figures.toSorted((a, b) => b.cold.p50 - a.cold.p50)[0]
  if (slowest === undefined)
    throw new Error('The collector was asked nothing. Look at bench/collector/measure-queries.ts.')
  const { query, cold } = slowest
  return { beacons, bytes, query, p50: cold.p50, p95: cold.p95 }
}
