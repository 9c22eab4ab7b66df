import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { followMemory } from './peak-memory.ts'

const HELD = 200_000_000

test.runIf(process.platform === 'linux')('adds the peaks of a process and of those that it started', async () => {
  const inner = `globalThis.held = Buffer.alloc(${HELD}, 1); process.stdout.write('held'); setInterval(() => {}, 1000)`
  const outer = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: 'inherit' })`
  const child = spawn(process.execPath, ['-e', outer], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const peak = followMemory(child.pid!)
  await once(child.stdout, 'data')
  // A look is taken twenty times a second.
  await new Promise((resolve) => setTimeout(resolve, 500))
  const { rss, own, held } = peak()!
  process.kill(-child.pid!)
  expect(own).toBeGreaterThan(20_000_000)
  expect(own).toBeLessThan(HELD)
  expect(rss - own).toBeGreaterThan(HELD)
  expect(rss - own).toBeLessThan(HELD * 2)
  // Two of the same program: what they share is in the sum of the peaks twice.
  expect(held).toBeGreaterThan(HELD)
  expect(held).toBeLessThan(rss - 10_000_000)
})
