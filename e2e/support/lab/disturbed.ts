import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { command } from '../delivery/served-with-paceline.ts'
import { processTree, stillRunning } from './process-tree.ts'

export interface Disturbed {
  readonly status: number | NodeJS.Signals | null
  /** What it wrote to stderr. */
  readonly said: string
}

export interface Disturbance {
  readonly cwd: string
  /** What follows `paceline measure`. */
  readonly args: readonly string[]
  /** Comes when a page is open. */
  readonly visited: Promise<void>
  readonly disturb: (measuring: ChildProcess) => void
}

/** Runs `paceline measure`, disturbs it while a page is open, and gives how it ended: with nothing left of it and its browser. */
export async function disturbed({ cwd, args, visited, disturb }: Disturbance): Promise<Disturbed> {
  const measuring = spawn(process.execPath, [command, 'measure', ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  measuring.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')))
  const ended = once(measuring, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  await Promise.race([
    visited,
    ended.then(() => Promise.reject(new Error(`\`paceline measure\` ended before the visit: ${said}`))),
  ])
  const tree = processTree(measuring.pid!)
  // The browser, its zygotes, the network, the renderer: otherwise there is nothing to see.
  expect(stillRunning(tree).length).toBeGreaterThan(4)
  disturb(measuring)
  const [code, signal] = await ended
  await expect.poll(() => stillRunning(tree), { timeout: 15_000 }).toEqual([])
  return { status: code ?? signal, said }
}
