import { createHash } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes, moveToEnd } from '@paceline/kit'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { InlineConfig, Plugin, PluginOption } from 'vite'
import { describe, expect, it } from 'vitest'
import type { DeliveryManifest } from '../manifest.ts'
import { delivery } from '../plugin.ts'

describe.each(viteVersions)('integrity on Vite %d', (vite) => {
  const build = async (config: InlineConfig = {}, also: PluginOption = []): Promise<string> => {
    const root = await writeFixture({
      ...smallApp,
      'public/legacy.html': '<!doctype html><script type="module" src="/legacy.js"></script>',
      'public/legacy.js': 'export {}',
    })
    await runBuild({ vite, root, plugins: [delivery({ integrity: true }), also], config })
    return root
  }
  const page = (root: string): Promise<string> => readFile(join(root, 'dist/index.html'), 'utf8')
  const manifestOf = async (root: string): Promise<DeliveryManifest> =>
    JSON.parse(await readFile(join(root, '.paceline/delivery/manifest.json'), 'utf8')) as DeliveryManifest

  it('names every hashed script by the SHA-256 of what is on disk, and the same in links', async () => {
    const root = await build()
    const html = await page(root)
    const manifest = await manifestOf(root)
    const scripts = manifest.files.filter(({ file, hashed }) => hashed && file.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(1)
    const map = JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(html)![1]!) as {
      integrity: Record<string, string>
    }
    for (const { file } of scripts) {
      const digest = createHash('sha256')
        .update(await readFile(join(root, 'dist', file)))
        .digest('base64')
      expect(map.integrity[`/${file}`]).toBe(`sha256-${digest}`)
    }
    const entry = /src="(\/[^"]+)" integrity="([^"]+)"/.exec(html)!
    expect(
      manifest.documents.find(({ pattern }) => pattern === '/')!.links.find((link) => link.includes(entry[1]!)),
    ).toContain(`integrity="${entry[2]!}"`)
    expect(html).toMatch(/rel="stylesheet"[^>]+integrity="sha256-/)
  })

  it('leaves pages of public/ as they are', async () => {
    const root = await build()
    expect(await readFile(join(root, 'dist/legacy.html'), 'utf8')).not.toContain('integrity')
  })

  it('gives the import map the nonce that scripts have', async () => {
    const root = await build({ html: { cspNonce: 'abc' } })
    expect(await page(root)).toContain('<script type="importmap" nonce="abc">')
  })

  it('fails when a script is changed after pages named its hash', async () => {
    const spoil: Plugin = {
      name: 'changes-a-script',
      enforce: 'post',
      configResolved: ({ plugins }) => moveToEnd(plugins, spoil, 'compress'),
      closeBundle: {
        order: 'post',
        sequential: true,
        async handler() {
          const { root } = this.environment.config
          const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(await page(root))!
          await appendFile(join(root, 'dist', script!), '\n')
        },
      },
    }
    await expect(build({}, spoil)).rejects.toSatisfy((error: unknown) =>
      errorCodes(error).includes('PACELINE_DELIVERY_BROKEN'),
    )
  })
})
