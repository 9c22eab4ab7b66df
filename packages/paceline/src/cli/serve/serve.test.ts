import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { Agent, get } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeFixture, writeFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { run } from '../run.ts'
import { serve } from '../testing/run-serve.ts'

const dist = { 'dist/index.html': '<title>Home</title>', 'dist/app.js': 'app()' }

/** A manifest as a build writes it, of two files. */
async function writeManifest(root: string, bytes: number): Promise<void> {
  const content = await readFile(join(root, 'dist/app.js'))
  const sha256 = createHash('sha256').update(content).digest('hex')
  const file = { file: 'app.js', type: 'text/javascript', bytes, sha256, policy: 'immutable', hashed: true }
  const policies = { immutable: { 'cache-control': 'max-age=31536000, immutable' } }
  const manifest = { schemaVersion: 1, release: 'r', base: '/', policies, files: [file], documents: [] }
  await mkdir(join(root, '.paceline/delivery'), { recursive: true })
  await writeFile(join(root, '.paceline/delivery/manifest.json'), JSON.stringify(manifest))
}

describe('paceline serve', () => {
  it('prints its address first, serves, and ends with 0 when it is asked to stop', async () => {
    const root = await writeFixture(dist)
    const { url, out, err, stop } = await serve(root)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(await (await fetch(url)).text()).toBe('<title>Home</title>')
    expect((await fetch(`${url}gone.js`)).status).toBe(404)
    expect(err()).toMatch(/^paceline: `dist` has no delivery manifest: [^\n]+\n$/)
    expect(await stop()).toBe(0)
    expect(out()).toBe(`${url}\n`)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('serves by the manifest beside the directory, and not by one of other files', async () => {
    const root = await writeFixture(dist)
    await writeManifest(root, 5)
    const { url, out, err } = await serve(root, 'dist', '--json')
    expect(JSON.parse(out())).toEqual({ url })
    expect((await fetch(`${url}app.js`)).headers.get('cache-control')).toContain('immutable')
    expect(err()).toBe('')
    await writeManifest(root, 4)
    const other = await serve(root, 'dist')
    expect((await fetch(`${other.url}app.js`)).headers.get('cache-control')).toBe('no-cache')
    expect(other.err()).toContain('no delivery manifest')
  })

  it('shows the pages of the last build to its own machine, and says what to do without them', async () => {
    const root = await writeFixture(dist)
    const { url } = await serve(root)
    const missing = await fetch(`${url}__paceline/report`)
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('`paceline report`')])
    await writeFiles(root, { '.paceline/treemap.html': '<title>Treemap</title>' })
    expect(await (await fetch(`${url}__paceline/treemap?x`)).text()).toBe('<title>Treemap</title>')
    expect((await fetch(`${url}__paceline/__proto__`)).status).toBe(404)
    const open = await serve(root, '--host', '0.0.0.0')
    expect(await (await fetch(`${open.url}__paceline/treemap`)).text()).not.toContain('Treemap')
  })

  it('makes a certificate for this machine, and logs requests when asked', async () => {
    const root = await writeFixture(dist)
    const { url, err } = await serve(root, '--self-signed', '--access-log')
    const agent = new Agent({ rejectUnauthorized: false })
    const status = await new Promise<number | undefined>((done, failed) => {
      get(`${url}app.js`, { agent }, (response) => {
        response.resume().on('end', () => done(response.statusCode))
      }).on('error', failed)
    })
    agent.destroy()
    expect([url.startsWith('https:'), status]).toEqual([true, 200])
    await sleep(20)
    expect(err()).toContain('"GET /app.js HTTP/1.1" 200 5 ')
  })

  it.each([
    [['nowhere'], 'PACELINE_SERVE_DIST'],
    [['--port', '99999'], 'PACELINE_SERVE_OPTION'],
    [['--port', 'http'], 'PACELINE_SERVE_OPTION'],
    [['--memory', 'much'], 'PACELINE_SIZE_INVALID'],
    [['--http2'], 'PACELINE_SERVE_TLS'],
    [['--cert', 'dist/app.js', '--key', 'dist/app.js'], 'PACELINE_SERVE_TLS'],
    [['--cert', 'cert.pem'], 'PACELINE_SERVE_TLS'],
    [['--host', '192.0.2.1'], 'PACELINE_SERVE_PORT'],
  ])('ends %j with 2 and %s', async (argv, code) => {
    const root = await writeFixture(dist)
    let err = ''
    const io = { cwd: root, color: false, columns: 80, out: () => undefined, err: (text: string) => void (err += text) }
    expect(await run(['serve', ...argv], { ...io, open: async () => undefined })).toBe(2)
    expect(err).toContain(code)
  })
})
