import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import send from 'send'
import { expect, it, onTestFinished } from 'vitest'
import { writeDelivery } from '../../testing/delivery-fixture.ts'
import { ask } from '../../testing/request.ts'
import { startServer } from './start-server.ts'

const FILE = '/digits.txt'
const content = '0123456789'.repeat(50)

/** Our server and `send`, the one in Express, on the same file. */
async function both(): Promise<readonly string[]> {
  const { dir, manifest } = await writeDelivery({ 'digits.txt': { content } })
  const ours = await startServer(manifest, { dir, port: 0 })
  const theirs = createServer((request, response) => void send(request, request.url!, { root: dir }).pipe(response))
  await new Promise<void>((done) => theirs.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    theirs.close()
    await ours.close()
  })
  return [ours.url, `http://127.0.0.1:${(theirs.address() as AddressInfo).port}/`]
}

it('answers ranges and conditions as `send` does', async () => {
  const servers = await both()
  const known = await Promise.all(servers.map(async (url) => (await ask(url, FILE)).headers))
  const date = known[0]!['last-modified']!
  expect(known[1]!['last-modified']).toBe(date)
  const later = new Date(Date.parse(date) + 60_000).toUTCString()
  const earlier = new Date(Date.parse(date) - 60_000).toUTCString()
  // Left out: a suffix longer than the file, which is all of it (RFC 9110, 14.1.2); `send` says 416.
  const ranges = '0-0 5- -5 490-9000 500- 9000- -0 x-'.split(' ').map((range) => `bytes=${range}`)
  const cases: Record<string, string>[] = [...ranges, 'lines=1-2', 'bytes'].map((range) => ({ range }))
  cases.push(
    { 'if-none-match': 'ETAG' },
    { 'if-none-match': 'W/ETAG' },
    { 'if-none-match': '"x", ETAG' },
    { 'if-none-match': '*' },
    { 'if-none-match': '"x"' },
    { 'if-modified-since': date },
    { 'if-modified-since': later },
    { 'if-modified-since': earlier },
    { 'if-modified-since': 'nonsense' },
    { 'if-none-match': '"x"', 'if-modified-since': later },
    { 'if-unmodified-since': earlier },
    { 'if-unmodified-since': later },
    { 'if-match': '"x"' },
    { 'if-match': '*' },
    { range: 'bytes=0-4', 'if-range': date },
    { range: 'bytes=0-4', 'if-range': earlier },
    { range: 'bytes=0-4', 'if-range': '"x"' },
    { range: 'bytes=0-4', 'if-none-match': 'ETAG' },
  )
  for (const method of ['GET', 'HEAD']) {
    for (const headers of cases) {
      const answers = await Promise.all(
        servers.map(async (url, index) => {
          // Each has tags of its own.
          const own = Object.entries(headers).map(([name, value]) => [name, value.replace('ETAG', known[index]!.etag!)])
          const got = await ask(url, FILE, { method, headers: Object.fromEntries(own) as Record<string, string> })
          return {
            status: got.status,
            range: got.headers['content-range'],
            body: got.status < 300 && got.body.toString(),
          }
        }),
      )
      // A HEAD has no parts (RFC 9110, 14.2): `send` gives it some.
      if (method === 'HEAD' && headers['range'] !== undefined) continue
      expect([method, headers, answers[0]]).toEqual([method, headers, answers[1]])
    }
  }
})
