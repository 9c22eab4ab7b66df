import { measureHalfLoad } from '../collector/measure-intake.ts'

/** The collector under one rate of requests, ms until they are answered. */
export interface RateFigure {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

export interface CollectorScaling {
  readonly rates: readonly RateFigure[]
}

/** @param rates requests per second, one beacon each */
export async function measureCollector(
  rates: readonly number[],
  seconds: number,
  tell: (what: string) => void,
): Promise<CollectorScaling> {
  const found: RateFigure[] = []
  for (const rate of rates) {
    tell(`collector: ${rate} requests per second`)
    // It takes what the server manages flat out, and asks for half of that.
    const { p50, p99 } = await measureHalfLoad(rate * 2, seconds)
    found.push({ rate, p50, p99 })
  }
  return { rates: found }
}
