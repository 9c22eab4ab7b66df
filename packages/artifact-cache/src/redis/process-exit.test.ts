import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startRedis, startRedisCluster } from '@paceline/testkit'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../testing/use-redis.ts', import.meta.url))

/** Runs a process that leaves its connection open. Gives what it printed, once it is gone. */
async function runProcess(
  ...args: readonly string[]
): Promise<{ code: number | null; ms: number; warned: string; idle: number }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 })
  let out = ''
  let warned = ''
  let printed = 0
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    printed = performance.now()
  })
  child.stderr.on('data', (chunk: Buffer) => void (warned += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ms: Number(out), warned, idle: performance.now() - printed }
}

it('does not keep a process alive that has done its work', async () => {
  const { url } = await startRedis()
  const { code, warned, idle } = await runProcess(url)
  expect({ code, warned }).toEqual({ code: 0, warned: '' })
  expect(idle).toBeLessThan(1000)
})

it('does not keep a process alive whose cluster is well', async () => {
  const [node] = await startRedisCluster()
  const { code, warned, idle } = await runProcess(node!.url, 'cluster')
  expect({ code, warned }).toEqual({ code: 0, warned: '' })
  expect(idle).toBeLessThan(1000)
})

it.each(['server', 'cluster'])('does not keep a process alive whose %s stalls', async (kind) => {
  const redis = await startRedis()
  redis.stall()
  const { code, ms, warned, idle } = await runProcess(redis.url, kind)
  expect(code).toBe(0)
  expect(ms).toBeLessThan(1500)
  expect(warned).toContain('did not answer within 500 ms')
  expect(idle).toBeLessThan(2000)
})
