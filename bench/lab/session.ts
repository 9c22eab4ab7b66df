import { loadavg } from 'node:os'
import { describeMachine } from '../lib/machine.ts'
import type { Machine } from '../lib/machine.ts'

/** When and where a row was measured. */
export interface Session {
  readonly date: string
  readonly machine: Machine
  /** Load of the machine when it began and ended, per minute. */
  readonly load: readonly [before: number, after: number]
}

/** What was measured, with its own session: rows that are kept are not those of the machine that writes them anew. */
export type InSession<Row> = Row & {
  /** Absent in rows that were kept before each had its own. */
  readonly session?: Session
}

/** Measures a row, and says when and where. */
export async function inSession<Row>(measure: () => Promise<Row>): Promise<InSession<Row>> {
  const date = new Date().toISOString().slice(0, 10)
  const before = loadavg()[0]!
  const row = await measure()
  return { ...row, session: { date, machine: describeMachine(), load: [before, loadavg()[0]!] } }
}

/** A session in a cell of a table. */
export function sessionText({ session }: InSession<unknown>): string {
  if (session === undefined) return 'not written down'
  const { date, machine, load } = session
  const [before, after] = load.map((one) => one.toFixed(1))
  return `${date}, ${machine.cpu} × ${machine.cores}, Node ${machine.node}, load ${before} to ${after}`
}
