import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { command } from '../../support/delivery/served-with-paceline.ts'
import { disturbed } from '../../support/lab/disturbed.ts'
import type { Disturbed } from '../../support/lab/disturbed.ts'
import { canSeeProcesses, processTree, stillRunning } from '../../support/lab/process-tree.ts'
import { html, startTestServer } from '../../support/lab/test-server.ts'
import { withApp } from '../../support/temporary-app.ts'

test.skip(!canSeeProcesses, 'processes are looked at in /proc')

/** Starts `paceline measure` on a page that is busy for long, ends it in some way while the page is open, and gives how it ended. */
async function endedBy(end: (measuring: ChildProcess) => void, script?: string): Promise<Disturbed> {
  let reached: () => void = () => undefined
  const visited = new Promise<void>((resolve) => (reached = resolve))
  // Busy all the time, so that nothing ends by itself.
  const busy = 'setInterval(() => { for (const end = performance.now() + 60; performance.now() < end;); }, 100)'
  const page = html('<h1>Busy</h1><script src="/visited.js"></script>', busy)
  const server = await startTestServer({
    '/': page,
    '/visited.js': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end('')
      reached()
    },
  })
  try {
    return await withApp({ 'package.json': '{}', 'crash.mjs': script ?? '' }, async (cwd) => {
      const flow = script === undefined ? [] : ['--script', join(cwd, 'crash.mjs')]
      const args = [server.url, '--route', '/', '--profile', 'none', '--timeout', '30', ...flow]
      return disturbed({ cwd, args, visited, disturb: end })
    })
  } finally {
    await server.close()
  }
}

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  test(`${signal} while a page is measured ends the browser and all of its processes`, async () => {
    const { status: ended } = await endedBy((measuring) => void measuring.kill(signal))
    // By the signal itself, or as shells say it.
    expect([signal, status]).toContain(ended)
  })
}

test('a process of ours that is killed takes the browser with it', async () => {
  expect((await endedBy((measuring) => void measuring.kill('SIGKILL'))).status).toBe('SIGKILL')
})

test('a script that crashes our process takes the browser with it', async () => {
  const crash = `process.on('SIGUSR2', () => { throw new Error('crashed on purpose') })\nexport default async () => {}\n`
  const { status, said } = await endedBy((measuring) => void measuring.kill('SIGUSR2'), crash)
  expect(said).toContain('crashed on purpose')
  expect(status).not.toBe(0)
})

test('a server of the app that `--serve` has started goes with a process of ours that is killed', async () => {
  // It does not stop when it is asked to, and its page never comes to rest.
  const server = `import { createServer } from 'node:http'
process.on('SIGTERM', () => undefined)
const page = '<!doctype html><title>Busy</title><h1>Busy</h1><script>for (let i = 0; i < 3; i++) fetch("/never")</script>'
const server = createServer(({ url }, response) => {
  if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(page)
}).listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
`
  await withApp({ 'package.json': '{}', 'dist/index.html': '', 'server.mjs': server }, async (cwd) => {
    const args = [command, 'measure', 'dist', '--serve', 'node server.mjs && true', '--profile', 'none']
    const measuring = spawn(process.execPath, args, { cwd, stdio: 'ignore' })
    const ended = once(measuring, 'exit')
    const started = (): readonly string[] => processTree(measuring.pid!).map(({ name }) => name)
    await expect
      .poll(() => started().filter((name) => name === 'chrome' || name === 'chromium').length)
      .toBeGreaterThan(4)
    const tree = processTree(measuring.pid!)
    measuring.kill('SIGKILL')
    await ended
    await expect.poll(() => stillRunning(tree), { timeout: 15_000 }).toEqual([])
  })
})
