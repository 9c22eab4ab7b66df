import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { DeliveryManifest } from '@paceline/delivery'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runIn } from '../testing/fake-io.ts'

const manifest: DeliveryManifest = {
  schemaVersion: 1,
  release: '0123456789ab',
  base: '/',
  policies: { public: { 'cache-control': 'public, max-age=3600' } },
  files: [
    {
      file: 'a.txt',
      type: 'text/plain; charset=utf-8',
      bytes: 1,
      // Of `a`.
      sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      policy: 'public',
      hashed: false,
    },
  ],
  documents: [],
}

async function startSite(headers: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url !== '/a.txt') return void response.writeHead(404, headers).end()
    const isKnown = request.headers['if-none-match'] === '"a"'
    response.writeHead(isKnown ? 304 : 200, { etag: '"a"', 'content-type': 'text/plain; charset=utf-8', ...headers })
    response.end(isKnown ? undefined : 'a')
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function appWithManifest(): Promise<string> {
  const root = await writeFixture({ 'package.json': '{}' })
  await mkdir(join(root, '.paceline/delivery'), { recursive: true })
  await writeFile(join(root, '.paceline/delivery/manifest.json'), JSON.stringify(manifest))
  return root
}

describe('paceline doctor', () => {
  it('ends with 0 when the site does what the policy says', async () => {
    const ran = await runIn(
      await appWithManifest(),
      'doctor',
      await startSite({ 'cache-control': 'max-age=3600, public' }),
    )
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(ran.out).toMatch(/release 0123456789ab, 1 file.*\n✓ The site does what the policy says\n$/)
  })

  it('ends with 1 and says how to mend it when not, the same in JSON', async () => {
    const root = await appWithManifest()
    const url = await startSite({ 'cache-control': 'no-store', server: 'nginx' })
    const text = await runIn(root, 'doctor', url)
    expect([text.code, text.out]).toEqual([
      1,
      expect.stringContaining('✗ cache-control  expected public, max-age=3600; received no-store'),
    ])
    expect(text.out).toContain('`.paceline/delivery/nginx/http.conf`')
    const json = await runIn(root, 'doctor', url, '--json')
    expect([json.code, JSON.parse(json.out)]).toEqual([
      1,
      expect.objectContaining({ verdict: 'differs', host: 'nginx' }),
    ])
  })

  it('ends with 2 when nothing can be told', async () => {
    const root = await appWithManifest()
    expect(await runIn(root, 'doctor', 'http://127.0.0.1:9')).toMatchObject({
      code: 2,
      out: expect.stringContaining('cannot be reached') as string,
    })
    const without = await writeFixture({ 'package.json': '{}' })
    expect((await runIn(without, 'doctor', 'http://127.0.0.1:9')).err).toContain('PACELINE_DELIVERY_MANIFEST')
    expect((await runIn(root, 'doctor', 'example.com')).err).toContain('PACELINE_DOCTOR_URL')
    expect((await runIn(root, 'doctor', 'http://127.0.0.1:9', '--sample', '0')).err).toContain('PACELINE_DOCTOR_OPTION')
  })
})
