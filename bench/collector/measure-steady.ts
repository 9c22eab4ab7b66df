import { sendLoad } from './send-load.ts'
import { startBenchServer } from './start-server.ts'

export interface SteadyFigure {
  readonly rate: number
  readonly minutes: number
  readonly answered: number
  readonly refused: number
  /** Bytes after each minute. */
  readonly rss: readonly number[]
  /** The most after the first minute against the first minute. */
  readonly growth: number
}

/** Minutes at an ordinary load: what it takes of memory must not grow. */
export async function measureSteady(rate: number, minutes: number): Promise<SteadyFigure> {
  const server = await startBenchServer('collector')
  const rss: number[] = []
  let answered = 0
  let refused = 0
  for (let minute = 0; minute < minutes; minute++) {
    const load = { port: server.port, connections: 64, perPost: 1, rate, duration: 60_000 }
    const result = await sendLoad({ ...load, firstPage: 1 + minute * 2 ** 24 })
    answered += result.answered
    refused += Object.values(result.others).reduce((sum, count) => sum + count, 0)
    rss.push(server.used().rss)
  }
  await server.stop()
  return { rate, minutes, answered, refused, rss, growth: Math.max(...rss.slice(1)) / rss[0]! - 1 }
}
