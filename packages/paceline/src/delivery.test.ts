import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { BuildReport } from '@paceline/build-graph'
import { diskFiles, verifyDist } from '@paceline/budgets'
import type { DeliveryManifest } from '@paceline/delivery'
import { runBuild, smallApp, viteVersions, writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { paceline } from './paceline.ts'

const WORDS = Array.from({ length: 800 }, (_, index) => ((index * 7919) % 100_003).toString(36))
const sizeLimit = [{ name: 'scripts', path: 'dist/assets/index-*.js', limit: '9 kB' }]

describe.each(viteVersions)('paceline() over three releases, on Vite %d', (vite) => {
  it('serves earlier files with their siblings, and no other plugin takes them for its own', async () => {
    const root = await writeFixture({
      ...smallApp,
      'src/greet.js': `globalThis.words = ${JSON.stringify(WORDS)}\nexport const greet = (name) => name\n`,
      '.size-limit.json': JSON.stringify(sizeLimit),
    })
    for (const text of ['one', 'two', 'three']) {
      await writeFiles(root, { 'src/about.js': `console.log('${text}')\n`, 'public/robots.txt': text.repeat(600) })
      await writeFiles(root, {
        'src/greet.js': `${await readFile(join(root, 'src/greet.js'), 'utf8')}\nglobalThis.${text} = 1\n`,
      })
      const plugins = paceline({ budgets: { sizeLimit: '.size-limit.json' } })
      const { log } = await runBuild({ vite, root, plugins })
      expect(log.warn).toEqual([])
    }
    const read = async <Result>(file: string): Promise<Result> => JSON.parse(await readFile(join(root, file), 'utf8'))
    const manifest = await read<DeliveryManifest>('.paceline/delivery/manifest.json')
    const report = await read<BuildReport>('.paceline/report.json')
    const archived = manifest.files.filter((file) => file.archived && file.bytes > 1024)
    expect(archived).toHaveLength(2)
    for (const { file, encodings = [] } of archived) {
      expect(encodings.map(({ encoding }) => encoding).sort()).toEqual(['br', 'gzip', 'zstd'])
      const [content, brotli] = [
        await readFile(join(root, 'dist', file)),
        await readFile(join(root, 'dist', `${file}.br`)),
      ]
      expect(brotliDecompressSync(brotli).equals(content)).toBe(true)
    }
    expect(() => verifyDist(report, [], 'dist')).toThrow('missing')
    expect(verifyDist(report, await diskFiles(join(root, 'dist')))).toBeUndefined()
    // Three files match the glob of the budget on disk; one is of this release.
    const { actual } = report.budgets.find(({ name }) => name === 'scripts')!
    const own = report.files.find(({ file }) => file.startsWith('assets/index-') && file.endsWith('.js'))!
    expect(actual).toBe(own.brotli)
  })
})
