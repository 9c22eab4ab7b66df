import { hash } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { archivedFile, releaseRecord } from '../../testing/records.ts'
import { openArchive, type ReleaseArchive } from '../release-archive.ts'
import { serializeIndex } from '../release-index.ts'
import { fetchHistory } from './fetch-history.ts'
import { urlHistory } from './url-history.ts'

const files = ['one', 'two'].map((name) => archivedFile(`assets/${name}-[AAAAAAAA].js`, name, { dictionary: true }))
const index = serializeIndex([releaseRecord(1, files)], '/')
const limits = { releases: 5, timeout: 20_000, bytes: 1_000_000 }

async function site(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/app`
}

async function emptyArchive(): Promise<ReleaseArchive> {
  return openArchive(await writeFixture({}), () => {})
}

describe('fetchHistory from a live site', () => {
  it('adds what the site has, below the path where the app is mounted', async () => {
    const url = await site(({ url: path }, response) => {
      const name = /\/app\/assets\/(\w+)-/.exec(path!)?.[1]
      response.end(path === '/app/paceline-releases.json' ? index : name)
    })
    const archive = await emptyArchive()
    expect(await fetchHistory(urlHistory(url, Date.now()), archive, limits)).toEqual({ added: ['000000000001'] })
    expect((await archive.read(hash('sha256', 'two', 'hex')))?.toString()).toBe('two')
    // The second time there is nothing to fetch.
    expect(await fetchHistory(urlHistory(url, Date.now()), archive, limits)).toEqual({ added: [] })
  })

  it.each<[string, RequestListener, string]>([
    ['never answers', () => {}, 'no answer within 0.4 s'],
    ['drips', (_, response) => void setInterval(() => response.write('['), 20).unref(), 'no answer within 0.4 s'],
    [
      'has no list of releases',
      (_, response) => void response.writeHead(404).end(),
      'there is no paceline-releases.json',
    ],
    ['answers with its shell', (_, response) => void response.end('<!doctype html>'), 'damaged, or of another version'],
    ['fails', (_, response) => void response.writeHead(500).end(), 'answered 500'],
    ['never ends', endless, 'is larger than'],
  ])('adds nothing and says why when the site %s', async (_, listener, reason) => {
    const archive = await emptyArchive()
    const url = await site(listener)
    const { added, problem } = await fetchHistory(urlHistory(url, Date.now()), archive, {
      ...limits,
      timeout: reason.includes('no answer') ? 400 : 20_000,
    })
    expect(added).toEqual([])
    expect(problem).toContain(reason)
    expect(await archive.list()).toEqual([])
  })

  it.each<[string, RequestListener, string]>([
    ['with other bytes', (_, response) => void response.end('bad'), 'with other bytes'],
    ['that are missing', (_, response) => void response.writeHead(404).end(), 'no assets/one'],
    [
      'that are too long',
      (_, response) => void response.end('much longer than it should be'),
      'is larger than 3 bytes',
    ],
  ])('takes no files %s', async (_, listener, reason) => {
    const archive = await emptyArchive()
    const url = await site((request, response) => {
      if (request.url!.endsWith('.json')) response.end(index)
      else listener(request, response)
    })
    const { added, problem } = await fetchHistory(urlHistory(url, Date.now()), archive, limits)
    expect(added).toEqual([])
    expect(problem).toContain(reason)
    expect(await archive.list()).toEqual([])
  })

  it('stops at the limit of bytes, with what it has by then', async () => {
    const archive = await emptyArchive()
    const url = await site(({ url: path }, response) => {
      response.end(path!.endsWith('.json') ? index : /assets\/(\w+)-/.exec(path!)![1])
    })
    const { added, problem } = await fetchHistory(urlHistory(url, Date.now()), archive, { ...limits, bytes: 3 })
    expect(added).toHaveLength(1)
    expect(problem).toContain('over the limit of bytes')
    expect((await archive.list())[0]?.files).toHaveLength(1)
  })
})

function endless(_request: unknown, response: Parameters<RequestListener>[1]): void {
  const chunk = Buffer.alloc(1_000_000, ' ')
  const more = (): void => {
    while (response.write(chunk));
  }
  response.on('drain', more)
  response.on('error', () => {})
  more()
}
