import { expect, it, onTestFinished } from 'vitest'
import { pathResolver } from '../policy/resolve-path.ts'
import { startServer } from '../server/node/start-server.ts'
import { smallSite, smallSiteOptions, writeDelivery } from '../testing/delivery-fixture.ts'
import { ask } from './raw-request.ts'
import { runDoctor } from './run-doctor.ts'

it('finds nothing at our own server, which answers navigations as the configurations of others do', async () => {
  const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
  const server = await startServer(manifest, { dir, host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  const report = await runDoctor({ manifest, url: server.url })
  expect(report.findings).toEqual([])
  expect(report.verdict).toBe('holds')
  const { signal } = new AbortController()
  const resolve = pathResolver(manifest)
  const paths = [
    '/',
    '/notes/7',
    '/notes/7/8',
    '/assets/old.js',
    '/old.js',
    '/jane.doe',
    '/assets',
    '/assets/',
    '/SW.js',
    '/old.png',
  ]
  for (const path of paths) {
    // Not `fetch`: it says that it is no navigation.
    const { status } = await ask(new URL(path, server.url).href, {
      headers: { accept: 'text/html' },
      signal,
      timeout: 5000,
      mostBytes: 1e6,
    })
    expect([path, status]).toEqual([path, resolve(path, 'text/html') ? 200 : 404])
  }
})
