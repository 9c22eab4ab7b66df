import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildGraph } from '@paceline/build-graph'
import { loadVite, memoryLogger, runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { InlineConfig, Plugin, PreviewServer } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { delivery } from '../../plugin.ts'
import { ask, type Got } from '../../testing/request.ts'

describe.each(viteVersions)('vite preview of Vite %i', (vite) => {
  async function preview(
    config: InlineConfig,
    prepare?: (root: string) => Promise<void>,
    dir?: string,
  ): Promise<{ get: Get; info: string[] }> {
    const plugins = (): Plugin[] => [...(dir === undefined ? [] : buildGraph({ dir })), ...delivery()]
    const root = await writeFixture({ ...smallApp, 'public/robots.txt': 'User-agent: *' })
    await runBuild({ vite, root, plugins: plugins(), config })
    await prepare?.(root)
    const { log, logger } = memoryLogger()
    const { preview } = await loadVite(vite)
    const own = { host: '127.0.0.1', port: 0, ...config.preview }
    const server: PreviewServer = await preview({
      ...config,
      root,
      configFile: false,
      customLogger: logger,
      plugins: plugins(),
      preview: own,
    })
    onTestFinished(() => server.close())
    const { port } = server.httpServer.address() as AddressInfo
    return { get: (path, headers = {}) => ask(`http://127.0.0.1:${port}`, path, { headers }), info: log.info }
  }
  type Get = (path: string, headers?: Record<string, string>) => Promise<Got>
  const PAGE = { accept: 'text/html' }

  it('serves files and pages as in production, below a base', async () => {
    const { get } = await preview({ base: '/app/', preview: { headers: { 'x-own': 'set' } } })
    const page = await get('/app/', PAGE)
    expect([page.status, page.headers['cache-control'], page.headers['x-own']]).toEqual([200, 'no-cache', 'set'])
    const script = /src="(\/app\/assets\/[^"]+\.js)"/.exec(page.body.toString())![1]!
    const { headers } = await get(script)
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['use-as-dictionary']).toContain('match=')
    const route = await get('/app/some/route', PAGE)
    expect([route.status, route.body]).toEqual([200, page.body])
    expect((await get('/app/assets/gone.js', PAGE)).status).toBe(404)
  })

  it('has the pages of the report, for this machine alone', async () => {
    const write = async (root: string): Promise<void> => {
      await writeFile(join(root, '.paceline/report.html'), '<title>Report</title>')
    }
    const { get } = await preview({ base: '/app/' }, write)
    const page = await get('/__paceline/report', PAGE)
    expect([page.status, page.headers['cache-control'], page.body.toString()]).toEqual([
      200,
      'no-store',
      '<title>Report</title>',
    ])
    expect((await get('/__paceline/treemap', PAGE)).status).toBe(404)
    const open = await preview({ preview: { host: true } }, write)
    expect((await open.get('/__paceline/report', PAGE)).body.toString()).not.toContain('<title>Report')
  })

  it('finds the manifest where the reports of the build are', async () => {
    const { get, info } = await preview({}, undefined, 'reports')
    expect((await get('/', PAGE)).headers['cache-control']).toBe('no-cache')
    expect(info.join('\n')).not.toContain('No delivery manifest')
  })

  it('leaves proxied paths to the proxy', async () => {
    const api = createServer((_request, response) => response.end('from the API')).listen(0)
    onTestFinished(() => void api.close())
    const target = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const { get } = await preview({ preview: { proxy: { '/api': target, '^/robots\\.txt$': target } } })
    expect((await get('/api/users', PAGE)).body.toString()).toBe('from the API')
    expect((await get('/robots.txt')).body.toString()).toBe('from the API')
  })

  it('leaves everything to Vite without a manifest, and says so', async () => {
    const { get, info } = await preview({}, (root) => rm(join(root, '.paceline/delivery'), { recursive: true }))
    expect((await get('/robots.txt')).body.toString()).toBe('User-agent: *')
    expect(info.join('\n')).toContain('No delivery manifest')
  })
})
