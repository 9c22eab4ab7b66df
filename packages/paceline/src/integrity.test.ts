import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { paceline } from './paceline.ts'

describe.each(viteVersions)('integrity beside all other plugins, on Vite %d', (vite) => {
  it.each([true, false])('reaches the siblings of a page and csp.json, with chunks.stable %o', async (stable) => {
    const root = await writeFixture({
      ...smallApp,
      'index.html': String(smallApp['index.html']).replace('</body>', `${'<p>Long enough</p>'.repeat(100)}</body>`),
    })
    const plugins = paceline({ chunks: { stable }, delivery: { integrity: true } })
    await runBuild({ vite, root, plugins })
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    const maps = [...html.matchAll(/<script type="importmap"[^>]*>(.*?)<\/script>/g)].map(([, text]) => text!)
    expect(maps).toHaveLength(1)
    expect(Object.keys(JSON.parse(maps[0]!) as object)).toContain('integrity')
    // https://www.w3.org/TR/CSP3/#external-hash: over the text between the tags.
    const hash = createHash('sha256').update(maps[0]!).digest('base64')
    expect(JSON.parse(await readFile(join(root, '.paceline/csp.json'), 'utf8'))).toEqual({
      scriptSrc: { 'index.html': [`'sha256-${hash}'`] },
    })
    expect(brotliDecompressSync(await readFile(join(root, 'dist/index.html.br'))).toString()).toBe(html)
  })
})
