import { join } from 'node:path'
import type { Beacon, BeaconBytes } from '@paceline/kit'
import type { Page } from '@playwright/test'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { openBrowser } from '../../support/delivery/persistent-browser.ts'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { withApp } from '../../support/temporary-app.ts'
import { openBeaconSink, type BeaconSink } from '../../support/vitals/beacon-sink.ts'
import { expect, test } from '../../support/vitals/test.ts'

/** What Chromium's network service says of the files of a page. */
interface Downloaded {
  /** Addresses that no server was asked for. */
  readonly cached: string[]
  /** `Content-Length` of every file that came as a delta. */
  readonly deltas: number[]
}

/** What Resource Timing counts for the headers of an answer, whatever they are: https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-transfersize */
const HEADERS = 300

/** Listens to the network service, which is another process than the page that adds up. */
async function listen(page: Page): Promise<() => Downloaded> {
  const session = await page.context().newCDPSession(page)
  let seen: Downloaded = { cached: [], deltas: [] }
  // Out of the cache in memory: the answer that is said afterwards is that of another time.
  const repeated = new Set<string>()
  session.on('Network.requestServedFromCache', ({ requestId }) => repeated.add(requestId))
  session.on('Network.responseReceived', ({ requestId, response: { url, fromDiskCache, headers } }) => {
    if (fromDiskCache || repeated.has(requestId)) seen.cached.push(url)
    else if (headers['content-encoding']?.startsWith('dc')) seen.deltas.push(Number(headers['content-length']))
  })
  await session.send('Network.enable')
  return () => {
    const said = seen
    seen = { cached: [], deltas: [] }
    return said
  }
}

test('over three deploys: what came out of the HTTP cache and what came as a delta is what the browser asked for', async () => {
  const sink = await openBeaconSink()
  try {
    await withApp({}, async (root) => {
      const next = (name: string): Promise<void> => deploy(root, name, { vitals: { endpoint: sink.endpoint } })
      await next('one')
      const site = await servedWithPaceline(root)
      const context = await openBrowser(join(root, 'profile'))
      try {
        const page = context.pages()[0] ?? (await context.newPage())
        const downloaded = await listen(page)
        const visit = (name: string): Promise<Visit> => measuredVisit(page, site.url, name, sink, downloaded)

        const first = await visit('one')
        expect(first.cached).toEqual([])
        expect(first.deltas).toEqual([])
        expect(first.bytes.http).toBe(0)

        for (const name of ['two', 'three']) {
          await next(name)
          const changed = await visit(name)
          expect(changed.deltas.length).toBeGreaterThan(0)
          expect(changed.bytes.dictionary).toBeLessThan(first.bytes.network / 10)

          // A file that came as a delta once is like any other in the cache, though its encoding says so still. The document is asked for again.
          const again = await visit(name)
          expect(again.deltas.length).toBeLessThan(changed.deltas.length)
          expect(again.cached.length).toBeGreaterThan(changed.cached.length)
          expect(again.bytes.http).toBeGreaterThan(changed.bytes.http)
        }
      } finally {
        await context.close()
        await site.close()
      }
    })
  } finally {
    await sink.close()
  }
})

interface Visit extends Downloaded {
  readonly bytes: BeaconBytes
}

/**
 * Opens the page of a release, leaves it, waits for the last of its beacons, and compares that with what the network service says. The server goes on
 * with the release before for a moment.
 */
async function measuredVisit(
  page: Page,
  url: string,
  release: string,
  { beacons }: BeaconSink,
  downloaded: () => Downloaded,
): Promise<Visit> {
  let before = 0
  let files: Downloaded
  await expect(async () => {
    await page.goto('about:blank')
    before = beacons.length
    downloaded()
    await page.goto(url, { waitUntil: 'networkidle' })
    files = downloaded()
    await expect(page.locator('h1')).toHaveText(`Release ${release}, 1970`, { timeout: 100 })
  }).toPass({ timeout: 20_000 })
  // Long enough for the beacon to be armed with all files in it.
  await page.waitForTimeout(2500)
  await page.goto('about:blank')
  const last = (): Beacon | undefined => beacons.slice(before).findLast(({ metrics }) => metrics?.fcp !== undefined)
  await expect.poll(() => last()?.bytes?.requests).toBeGreaterThan(1)
  const { cached, deltas } = files!
  const bytes = last()!.bytes!
  expect(bytes.hits ?? 0).toBe(cached.length)
  expect(bytes.dictionary ?? 0).toBe(deltas.reduce((sum, length) => sum + length + HEADERS, 0))
  return { cached, deltas, bytes }
}
