import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashDirectory, viteVersions, writeFiles, type ViteVersion } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { buildApp, linkOwn, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'

const CONFIG = `import { delivery } from '@paceline/delivery'
export default { plugins: [delivery(OPTIONS)] }
`

async function deliveredApp(vite: ViteVersion, options = ''): Promise<string> {
  const root = await writeApp({ vite })
  await linkOwn(root, 'delivery')
  await writeFiles(root, { 'vite.config.js': CONFIG.replace('OPTIONS', options) })
  return root
}

/** Builds the app with a text in it, and gives the release. */
async function release(root: string, text: string, vite: ViteVersion): Promise<string> {
  await writeFiles(root, {
    'src/greet.js': `export const greet = (name) => '${text}, ' + name\n`,
    'public/robots.txt': text.repeat(20),
  })
  await buildApp(root, vite)
  return (JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as { release: string }).release
}

const ownFiles = (files: Readonly<Record<string, string>>): string[] =>
  Object.keys(files).filter((file) => !/\.(?:dcb|dcz)$|releases\.json$/.test(file))

describe.each(viteVersions)('paceline release, on Vite %d', (vite) => {
  it('lists the releases of the archive, newest first', async () => {
    const root = await deliveredApp(vite)
    expect(await runIn(root, 'release', 'list')).toMatchObject({ code: 0, out: expect.stringContaining('empty') })
    const [first, second] = [await release(root, 'Hello', vite), await release(root, 'Hi', vite)]
    const { code, out } = await runIn(root, 'release', 'list')
    expect(code).toBe(0)
    expect(out.split('\n').map((line) => line.slice(0, 12))).toEqual([second, first, ''])
    const { releases } = JSON.parse((await runIn(root, 'release', 'list', '--json')).out)
    expect(releases).toMatchObject([
      { release: second, current: true, complete: true },
      { release: first, current: false },
    ])
  })

  it('brings a release back to the byte, and serves the withdrawn one on', async () => {
    const root = await deliveredApp(vite)
    const first = await release(root, 'Hello', vite)
    const before = await hashDirectory(join(root, 'dist'))
    await release(root, 'Hi', vite)
    const withdrawn = await hashDirectory(join(root, 'dist'))
    const { code, out } = await runIn(root, 'release', 'rollback', first.slice(0, 6), '--json')
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ release: first })])
    const after = await hashDirectory(join(root, 'dist'))
    for (const file of ownFiles(before)) expect([file, after[file]]).toEqual([file, before[file]])
    const hashed = ownFiles(withdrawn).filter((file) => file.startsWith('assets/'))
    for (const file of hashed) expect([file, after[file]]).toEqual([file, withdrawn[file]])
    const manifest = JSON.parse(await readFile(join(root, '.paceline/delivery/manifest.json'), 'utf8'))
    expect(manifest.release).toBe(first)
    const report = JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8'))
    expect(report.release).toBe(first)
    expect((await runIn(root, 'release', 'list')).out).toMatch(new RegExp(`^${first}.*current`))
    // And forth again.
    expect((await runIn(root, 'release', 'rollback', JSON.parse(out).withdrawn)).code).toBe(0)
    const again = await hashDirectory(join(root, 'dist'))
    for (const file of ownFiles(withdrawn)) expect([file, again[file]]).toEqual([file, withdrawn[file]])
  })

  it('leaves the output as it is when a release cannot be brought back', async () => {
    const root = await deliveredApp(vite)
    const first = await release(root, 'Hello', vite)
    await release(root, 'Hi', vite)
    const before = await hashDirectory(root)
    expect(await runIn(root, 'release', 'rollback', 'ffffffffffff')).toMatchObject({
      code: 2,
      err: expect.stringContaining('PACELINE_RELEASE_UNKNOWN'),
    })
    const record = JSON.parse(await readFile(join(root, `.paceline/releases/${first}.json`), 'utf8'))
    const { sha256 } = record.files.find((entry: { file: string }) => entry.file === 'index.html')
    await writeFile(join(root, '.paceline/releases/content', sha256), 'damaged')
    const { code, out, err } = await runIn(root, 'release', 'rollback', first, '--json')
    expect([code, JSON.parse(out).error.code]).toEqual([2, 'PACELINE_RELEASE_INCOMPLETE'])
    expect(err).toContain('index.html')
    const after = await hashDirectory(root)
    for (const file of Object.keys(before).filter((name) => name.startsWith('dist/'))) {
      expect([file, after[file]]).toEqual([file, before[file]])
    }
    expect(Object.keys(after).filter((file) => file.includes('.tmp'))).toEqual([])
  })

  it('prunes by number, and takes out a release that was never deployed', async () => {
    const root = await deliveredApp(vite)
    const releases = [await release(root, 'a', vite), await release(root, 'b', vite), await release(root, 'c', vite)]
    const one = await runIn(root, 'release', 'prune', releases[1]!, '--json')
    expect(JSON.parse(one.out).removed).toEqual([releases[1]])
    const rest = await runIn(root, 'release', 'prune', '--keep', '0', '--json')
    expect(JSON.parse(rest.out).removed).toEqual([releases[0]])
    expect(JSON.parse((await runIn(root, 'release', 'list', '--json')).out).releases).toHaveLength(1)
    expect(await runIn(root, 'release', 'prune', '--keep', 'many')).toMatchObject({ code: 2 })
  })

  it('fetches releases from an output that was deployed, and says when it cannot', async () => {
    const root = await deliveredApp(vite)
    const first = await release(root, 'Hello', vite)
    await rm(join(root, '.paceline'), { recursive: true })
    const fetched = await runIn(root, 'release', 'fetch', 'dist', '--json')
    expect([fetched.code, JSON.parse(fetched.out).added]).toEqual([0, [first]])
    expect(await runIn(root, 'release', 'fetch', 'nowhere')).toMatchObject({ code: 2 })
    expect(await runIn(root, 'release', 'fetch')).toMatchObject({
      code: 2,
      err: expect.stringContaining('PACELINE_RELEASE_NOWHERE'),
    })
    // Only what is public came: it can be served on, not brought back.
    expect((await runIn(root, 'release', 'rollback', first)).err).toContain('PACELINE_RELEASE_INCOMPLETE')
  })
})

it('says that a config has no delivery', async () => {
  const root = await writeApp()
  await writeFiles(root, { 'vite.config.js': 'export default {}\n' })
  expect((await runIn(root, 'release', 'list')).err).toContain('PACELINE_DELIVERY_OFF')
})
