import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { errorCodes } from '@paceline/kit'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import type { DeliveryManifest } from '../manifest.ts'
import type { DeliveryOptions } from '../options.ts'
import { delivery } from '../plugin.ts'
import { prepareSite, findTarget } from '../server/site/site.ts'
import { makeTargets } from '../targets/make-targets.ts'
import { resolveTargetOptions } from '../targets/target-options.ts'

async function build(
  vite: 7 | 8,
  options: DeliveryOptions,
  base = '/',
): Promise<{ root: string; manifest: DeliveryManifest }> {
  const root = await writeFixture({ ...smallApp, 'public/pricing.html': '<!doctype html><title>Pricing</title>' })
  await runBuild({ vite, root, plugins: delivery(options), config: { base } })
  const text = await readFile(join(root, '.paceline/delivery/manifest.json'), 'utf8')
  return { root, manifest: JSON.parse(text) as DeliveryManifest }
}

describe.each(viteVersions)('speculation rules on Vite %d', (vite) => {
  it('are a file of the output that the page names', async () => {
    const { root, manifest } = await build(vite, { speculation: { next: { '/': ['/pricing'] } } })
    const name = manifest.documents.find(({ pattern }) => pattern === '/')!.speculationRules!
    const content = await readFile(join(root, 'dist', name))
    expect(manifest.files.find(({ file }) => file === name)).toMatchObject({
      type: 'application/speculationrules+json; charset=utf-8',
      hashed: true,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    expect(JSON.parse(content.toString())).toEqual({
      prefetch: [{ source: 'list', urls: ['/pricing'], eagerness: 'moderate' }],
    })
  })
})

it('has siblings when the list is long', async () => {
  const urls = Array.from({ length: 100 }, (_, index) => `/pricing?plan=${index}`)
  const { root, manifest } = await build(8, { speculation: { next: { '/': urls } } })
  const entry = manifest.files.find(({ file }) => file.endsWith('.speculationrules'))!
  expect(entry.encodings?.map(({ encoding }) => encoding).sort()).toEqual(['br', 'gzip', 'zstd'])
  const sibling = await readFile(join(root, 'dist', `${entry.file}.br`))
  expect(brotliDecompressSync(sibling)).toEqual(await readFile(join(root, 'dist', entry.file)))
})

it('fails when a page is named that there is none of', async () => {
  const failed = build(8, { speculation: { next: { '/': ['/nowhere-at-all'] } } })
  await expect(failed).rejects.toSatisfy((error: unknown) =>
    errorCodes(error).includes('PACELINE_DELIVERY_SPECULATION'),
  )
})

it('is named by the server and by every host, below a base too', async () => {
  const { manifest } = await build(8, { speculation: { next: { '/app/': ['/app/pricing'] } } }, '/app/')
  const name = manifest.documents.find(({ pattern }) => pattern === '/app/')!.speculationRules!
  const header = `"/app/${name}"`
  expect(findTarget(prepareSite(manifest), '/app/', { accept: 'text/html' })).toMatchObject({
    extraHeaders: expect.arrayContaining(['speculation-rules', header]),
  })
  const targets = ['apache', 'caddy', 'cloudflare', 'netlify', 'nginx', 'vercel'] as const
  for (const target of targets) {
    const files = makeTargets([target], manifest, resolveTargetOptions({}, new Map()))
    const text = files.map(({ content }) => content.replaceAll('\\', '')).join('\n')
    expect(`${target} ${text}`).toMatch(/speculation-rules/i)
    expect(`${target} ${text}`).toContain(header)
  }
})
