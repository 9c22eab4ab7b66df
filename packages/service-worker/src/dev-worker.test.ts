import { smallApp, startServer, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { serviceWorker } from './plugin.ts'

describe.each(viteVersions)('the dev server of Vite %d', (vite) => {
  test('has no worker, and pages that do not ask for one', async () => {
    const root = await writeFixture(smallApp)
    const { origin } = await startServer({ vite, root, plugins: serviceWorker() })
    expect(await (await fetch(`${origin}/`)).text()).not.toContain('service-worker')
    const code = await (await fetch(`${origin}/@id/__x00__virtual:paceline/service-worker`)).text()
    expect(code).toContain('"isOff":true')
    const answer = await fetch(`${origin}/sw.js`)
    expect(answer.headers.get('content-type')).not.toContain('javascript')
  })

  test('has one by option, that stores nothing beforehand', async () => {
    const root = await writeFixture(smallApp)
    const { origin, log } = await startServer({ vite, root, plugins: serviceWorker({ dev: true }) })
    expect(await (await fetch(`${origin}/`)).text()).toMatch(/html-proxy|virtual:paceline\/service-worker\/register/)
    const answer = await fetch(`${origin}/sw.js`)
    expect(answer.headers.get('content-type')).toContain('text/javascript')
    expect(await answer.text()).toMatch(/"?files"?: ""/)
    expect(log.error).toEqual([])
  })
})
