import { expect, test } from '@playwright/test'
import { disturbed } from '../../support/lab/disturbed.ts'
import type { Disturbed } from '../../support/lab/disturbed.ts'
import { canSeeProcesses } from '../../support/lab/process-tree.ts'
import { html, startTestServer } from '../../support/lab/test-server.ts'
import { withApp } from '../../support/temporary-app.ts'

test.skip(!canSeeProcesses, 'processes are looked at in /proc')
// Each visit waits for five quiet seconds.
test.describe.configure({ timeout: 120_000 })

/** Two that warm up, and two that count. */
const RUNS = 2
const LAST = 4

/** Measures a page of a server that goes away, with all its connections, instead of answering the page's script in the visit named. */
async function diesIn(
  visit: number,
  ...more: string[]
): Promise<Disturbed & { readonly url: string; readonly visits: number }> {
  let reached: () => void = () => undefined
  const visited = new Promise<void>((resolve) => (reached = resolve))
  let visits = 0
  const page = html('<h1>Hello</h1><script async src="/app.js"></script>')
  const server = await startTestServer({
    '/': (request, response) => {
      visits++
      page(request, response)
    },
    '/app.js': (_request, response) => {
      // Left without an answer.
      if (visits === visit) reached()
      else response.writeHead(200, { 'content-type': 'text/javascript' }).end('')
    },
  })
  try {
    return await withApp({ 'package.json': '{}' }, async (cwd) => {
      const args = [server.url, '--profile', 'none', '--runs', String(RUNS), '--timeout', '20', ...more]
      const ended = await disturbed({ cwd, args, visited, disturb: () => void server.close() })
      return { ...ended, url: server.url, visits }
    })
  } finally {
    await server.close()
  }
}

test('a server that goes away between the first visit and the last is named: 2', async () => {
  const { status, said, url, visits } = await diesIn(2)
  expect(said).toContain(`The server of \`${url}/\` went away during a visit`)
  expect(said).toMatch(/received net::ERR_\w+ for http:\/\/[\d.:]+\/app\.js\. See why it ended/)
  expect(visits).toBe(2)
  expect(status).toBe(2)
})

test('a server that goes away in the very last visit leaves no page that holds its limits: 2', async () => {
  const { status, said, url, visits } = await diesIn(LAST)
  expect(said).toContain(`The server of \`${url}/\` went away during a visit`)
  expect(visits).toBe(LAST)
  expect(status).toBe(2)
})

test('a server that goes away while a build is compared is named: 2', async () => {
  const other = await startTestServer({ '/': html('<h1>Hello</h1>') })
  try {
    const { status, said, url } = await diesIn(2, '--baseline', other.url, '--counts')
    expect(said).toContain(`The server of \`${url}/\` went away during a visit`)
    expect(status).toBe(2)
  } finally {
    await other.close()
  }
})
