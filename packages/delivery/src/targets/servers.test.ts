import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { userInfo } from 'node:os'
import { freePort, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { runDoctor } from '../doctor/run-doctor.ts'
import type { DeliveryManifest } from '../manifest.ts'
import { pathResolver } from '../policy/resolve-path.ts'
import { smallSite, smallSiteOptions, writeDelivery, type DeliveryFixture } from '../testing/delivery-fixture.ts'
import { hasCommand, startCommand } from '../testing/start-command.ts'
import { apache } from './apache/apache.ts'
import { caddy } from './caddy/caddy.ts'
import { resolveTargetOptions } from './target-options.ts'
import type { Target } from './target.ts'

const modules = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', '/usr/libexec/apache2'].find(existsSync)
const caddyCommand = process.env['PACELINE_CADDY'] || 'caddy'
const httpd = ['apache2', 'httpd'].find((name) => hasCommand(name, '-v'))

/** Writes the files of a target. Gives their directory. */
async function writeTarget(target: Target, { manifest, dir }: DeliveryFixture, port: number): Promise<string> {
  const configDir = await writeFixture({})
  const options = resolveTargetOptions({ root: dir, configDir, listen: String(port) })
  for (const { file, content } of target(manifest, options)) await writeFile(join(configDir, file), content)
  return configDir
}

async function startCaddy(site: DeliveryFixture): Promise<string> {
  const port = await freePort()
  const dir = await writeTarget(caddy, site, port)
  const config = join(dir, 'Caddyfile')
  const { status, stderr } = spawnSync(caddyCommand, ['validate', '--adapter', 'caddyfile', '--config', config], {
    encoding: 'utf8',
  })
  expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
  await writeFile(join(dir, 'test'), `{\n  admin off\n  auto_https off\n}\nimport ${config}\n`)
  const origin = `http://127.0.0.1:${port}`
  await startCommand(caddyCommand, ['run', '--adapter', 'caddyfile', '--config', join(dir, 'test')], origin)
  return origin
}

async function startApache(site: DeliveryFixture): Promise<string> {
  const port = await freePort()
  const dir = await writeTarget(apache, site, port)
  const loaded = [
    'mpm_event',
    'authz_core',
    'rewrite',
    'headers',
    'setenvif',
    'mime',
    'dir',
    'deflate',
    'filter',
    'unixd',
  ]
  const own = loaded.filter((name) => existsSync(join(modules!, `mod_${name}.so`)))
  const text = [
    `ServerRoot ${dir}`,
    'ServerName localhost',
    `PidFile ${dir}/pid`,
    `ErrorLog ${dir}/error.log`,
    `Listen 127.0.0.1:${port}`,
    ...own.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    ...(process.getuid?.() === 0 ? [`User ${userInfo().username === 'root' ? 'www-data' : userInfo().username}`] : []),
    'TypesConfig /dev/null',
    // What Debian does by default: what is encoded already must not be encoded again.
    'SetOutputFilter DEFLATE',
    `Include ${dir}/site.conf`,
    '',
  ]
  await writeFile(join(dir, 'httpd.conf'), text.join('\n'))
  const { status, stderr } = spawnSync(httpd!, ['-t', '-f', join(dir, 'httpd.conf')], { encoding: 'utf8' })
  expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
  // Whoever serves is not root, and may read what a test wrote only when it says so.
  if (process.getuid?.() === 0) spawnSync('chmod', ['-R', 'a+rX', site.dir, dir])
  const origin = `http://127.0.0.1:${port}`
  await startCommand(httpd!, ['-D', 'FOREGROUND', '-f', join(dir, 'httpd.conf')], origin)
  return origin
}

const servers = [
  ['Caddy', hasCommand(caddyCommand, 'version'), startCaddy],
  ['Apache', httpd !== undefined && modules !== undefined, startApache],
] as const

describe.each(servers)('%s', (name, isThere, start) => {
  it.skipIf(!isThere)(`accepts its configuration, and the doctor finds nothing (needs ${name})`, async () => {
    const site = await writeDelivery(smallSite, smallSiteOptions)
    const report = await runDoctor({ manifest: site.manifest, url: await start(site) })
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ verdict: 'holds', host: name.toLowerCase() })
  })

  it.skipIf(!isThere)(`answers every address as the table says (needs ${name})`, async () => {
    const site = await writeDelivery(smallSite, smallSiteOptions)
    await expectTable(site.manifest, await start(site))
  })

  it.skipIf(!isThere)(
    `is mounted where the base says, has a page for 404 and other forms missing (needs ${name})`,
    async () => {
      const files = { ...smallSite, '404.html': { content: 'Gone.' } }
      const site = await writeDelivery(files, { base: '/app/', notFound: '404.html' })
      const origin = await start(site)
      await expectTable(site.manifest, origin)
      const missing = await fetch(`${origin}/app/nothing`)
      expect([missing.status, await missing.text(), missing.headers.get('cache-control')]).toEqual([
        404,
        'Gone.',
        'no-cache',
      ])
      await rm(join(site.dir, 'sw.js.br'))
      const answer = await fetch(`${origin}/app/sw.js`, { headers: { 'accept-encoding': 'br' } })
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, null])
    },
  )
})

async function expectTable(manifest: DeliveryManifest, origin: string): Promise<void> {
  const resolve = pathResolver(manifest)
  const prefix = manifest.base.slice(0, -1)
  const paths = [
    '/',
    '/notes/7',
    '/notes/7/8',
    '/assets/old.js',
    '/old.js',
    '/jane.doe',
    '/index.html',
    '/assets',
    '/assets/',
    '/sw.js.br',
    '/SW.js',
    // Clients take this for the root.
    ...(prefix === '' ? ['/%2e%2e/%2e%2e/etc/passwd'] : []),
    '/with%20space%20$id.txt',
  ]
  for (const path of paths) {
    for (const accept of ['text/html', '*/*', 'application/json']) {
      const decoded = decodeURIComponent(path).replaceAll('/..', '')
      const expected = resolve(prefix + decoded, accept)
      const answer = await fetch(`${origin}${prefix}${path}`, { headers: { accept }, redirect: 'manual' })
      expect([path, accept, answer.status]).toEqual([path, accept, expected ? 200 : 404])
      expect([path, answer.headers.get('link')]).toEqual([path, expected?.document?.links.join(', ') ?? null])
    }
  }
}
