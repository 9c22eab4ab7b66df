import { request as httpsRequest, type RequestOptions } from 'node:https'
import { connect } from 'node:http2'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import type { Stats } from '@paceline/collector'
import { writeFiles, writeFixture } from '@paceline/testkit'
import { expect, describe, it } from 'vitest'
import { buildApp, writeApp } from '../testing/app.ts'
import { beaconOf, BROWSER } from '../testing/beacon.ts'
import { runIn } from '../testing/fake-io.ts'
import { serve } from '../testing/run-serve.ts'

const dist = { 'dist/index.html': '<title>Home</title>' }
const headers = { 'content-type': 'text/plain', 'user-agent': BROWSER }

describe('paceline serve --collect', () => {
  it('takes beacons of its own pages, and names their routes by the report of the build', async () => {
    const root = await writeApp({ budgets: false })
    await writeFiles(root, {
      'vite.config.js':
        "import { paceline } from 'paceline'\nexport default { plugins: [paceline({ sla: { lcp: 1234 }, vitals: { routes: ['/', '/about'] } })] }\n",
    })
    await buildApp(root)
    const { vitals } = JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as BuildReport
    const { url, err, stop } = await serve(root, '--collect')
    expect(err()).toContain(`dashboard at ${url}__paceline/dashboard/`)
    const body = JSON.stringify(beaconOf(1, { release: vitals!.build, metrics: { lcp: 900 } }))
    expect((await fetch(`${url}__paceline/beacon`, { method: 'POST', body, headers })).status).toBe(204)
    const api = `${url}__paceline/api/`
    const stats = async (): Promise<Stats> => {
      await fetch(`${api}cache/clear`, { method: 'POST' })
      return (await (await fetch(`${api}performance/stats?release=${vitals!.build}`)).json()) as Stats
    }
    await expect.poll(async () => (await stats()).pages).toBe(1)
    // The promise of the build, not the default.
    expect((await stats()).sla.find(({ name }) => name === 'lcp')).toMatchObject({ target: 1234 })
    const dimensions = await (await fetch(`${api}dimensions`)).json()
    expect(dimensions).toMatchObject({ routeNames: { [vitals!.build]: ['/', '/about'] } })
    expect((await fetch(`${url}__paceline/metrics`)).status).toBe(200)
    expect((await fetch(`${url}__paceline/report`)).headers.get('content-type')).toContain('text/html')
    expect(await (await fetch(url)).text()).toContain('<script')
    // Somebody watches: the server ends all the same.
    const watching = await fetch(`${api}live`)
    expect(watching.status).toBe(200)
    expect(await stop()).toBe(0)
  })

  it('does so over HTTP/2 and TLS, too', async () => {
    const { url } = await serve(await writeFixture(dist), '--collect', '--self-signed')
    const session = connect(url, { rejectUnauthorized: false })
    const ask = (path: string, method: string, body = '', type = 'text/plain'): Promise<number> =>
      new Promise((resolve, reject) => {
        const stream = session.request({
          ':path': path,
          ':method': method,
          'content-type': type,
          'user-agent': BROWSER,
        })
        stream.on('response', (answer) => resolve(Number(answer[':status'])))
        stream.on('error', reject)
        stream.resume()
        if (method === 'POST') stream.end(body)
      })
    const body = JSON.stringify(beaconOf(2, { metrics: { lcp: 900 } }))
    expect(await ask('/__paceline/beacon', 'POST', body)).toBe(204)
    expect(await ask('/__paceline/beacon', 'POST', '{}')).toBe(400)
    expect(await ask('/__paceline/beacon', 'POST', body, 'text/html')).toBe(400)
    expect(await ask('/__paceline/api/performance/stats', 'GET')).toBe(200)
    expect(await ask('/', 'GET')).toBe(200)
    session.close()
    // The same by those who speak HTTP/1 only.
    const status = await new Promise((resolve, reject) => {
      const options: RequestOptions = { rejectUnauthorized: false }
      httpsRequest(`${url}__paceline/api/dimensions`, options, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(200)
  })

  it('leaves /__paceline/ to the reports when it is not asked for', async () => {
    const { url } = await serve(await writeFixture(dist))
    expect((await fetch(`${url}__paceline/beacon`, { method: 'POST', body: '{}', headers })).status).toBe(405)
  })

  it.each([
    [['--beacons', 'here'], 'PACELINE_SERVE_OPTION'],
    [['--trust-proxy'], 'PACELINE_SERVE_OPTION'],
    [['--collect', '--host', '0.0.0.0'], 'PACELINE_COLLECTOR_NO_TOKEN'],
    [['--collect', '--sla', 'gone.json'], 'PACELINE_COLLECT_FILE'],
    [['--collect', '--host', '192.0.2.1', '--reports', '.'], 'PACELINE_'],
  ])('ends %j with 2 and %s', async (argv, code) => {
    const ran = await runIn(await writeFixture(dist), 'serve', ...argv)
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(code)])
  })
})
