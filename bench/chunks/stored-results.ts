import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from '../lib/machine.ts'
import type { Machine } from '../lib/machine.ts'
import type { BrowserResults } from './browser/compare-builds.ts'
import type { FollowingCost } from './following.ts'
import type { PlannerSpeeds } from './planner-speed.ts'
import type { ReplayResults } from './replay/replay-app.ts'
import type { AppResults } from './summarise-app.ts'

/** Something that was measured, and where. */
export interface Measured<Value> {
  readonly date: string
  readonly machine: Machine
  readonly value: Value
}

/** Everything that the results show. The parts take long, so each can be measured on its own. */
export interface ChunksResults {
  /** App → its strategies. */
  readonly apps?: Readonly<Record<string, Measured<AppResults>>>
  readonly planning?: Measured<PlannerSpeeds>
  /** App → what following its plan costs. */
  readonly following?: Readonly<Record<string, Measured<FollowingCost>>>
  readonly replays?: Readonly<Record<string, Measured<ReplayResults>>>
  readonly pages?: Readonly<Record<string, Measured<BrowserResults>>>
}

const FILE = join(import.meta.dirname, 'results.json')

export function readResults(): ChunksResults {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as ChunksResults) : {}
}

/** Without the figures of every single route: they would be most of the file. */
export function writeResults(results: ChunksResults): void {
  const short = JSON.stringify(results, (key, value: unknown) => (key === 'details' ? undefined : value), 2)
  writeFileSync(FILE, `${short}\n`)
}

/** Takes down where and when, as of now. To be called before measuring: the load is what others do. */
export function measuredHere(): <Value>(value: Value) => Measured<Value> {
  const machine = describeMachine()
  return (value) => ({ date: new Date().toISOString().slice(0, 10), machine, value })
}
