import { createHash } from 'node:crypto'
import { writeFixture } from '@paceline/testkit'
import { errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { diskFiles } from '../adapters/disk-files.ts'
import { sketchReport } from '../diff/report-fixture.ts'
import { verifyDist } from './verify-dist.ts'

const hash = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 16)
const size = { raw: 1, gzip: 1, brotli: 1, zstd: 1, kind: 'js' as const }
const report = {
  ...sketchReport({ modules: { 'src/main.ts': [] }, chunks: {} }),
  files: ['a.js', 'assets/b.js'].map((file) => ({ ...size, file, hash: hash(file) })),
}

describe('verifyDist', () => {
  it('accepts the files of the report, with their siblings and source maps', async () => {
    const root = await writeFixture({ 'a.js': 'a.js', 'a.js.br': 'x', 'a.js.map': '{}', 'assets/b.js': 'assets/b.js' })
    const files = await diskFiles(root)
    expect(files.map(({ file }) => file)).toEqual(['a.js', 'assets/b.js'])
    expect(() => verifyDist(report, files)).not.toThrow()
  })

  it('names files that are missing, came in, or changed', async () => {
    const root = await writeFixture({ 'a.js': 'edited', 'c.js': 'c' })
    const stale = await diskFiles(root)
    try {
      verifyDist(report, stale, 'dist')
      expect.unreachable()
    } catch (error) {
      expect(errorCodes(error)).toEqual(['PACELINE_STALE_DIST'])
      expect((error as Error).message).toBe(
        '`dist` is not the build that was measured:\n  missing: assets/b.js\n  not in the report: c.js\n  changed: a.js\nRun `vite build` again.',
      )
    }
  })

  it('leaves out what is served beside this release, as the report says', async () => {
    const root = await writeFixture({ 'a.js': 'a.js', 'assets/b.js': 'assets/b.js', 'assets/old.js': 'old' })
    const files = await diskFiles(root)
    const delivery = {
      releases: [],
      routes: [],
      changes: [],
      deltas: { kept: 0, keptBytes: 0, dropped: 0, droppedBytes: 0 },
      besides: ['assets/old.js'],
    }
    expect(() => verifyDist({ ...report, delivery }, files)).not.toThrow()
    expect(() => verifyDist(report, files)).toThrow('not in the report: assets/old.js')
  })

  it('shows ten of very many', () => {
    const many = Array.from({ length: 14 }, (_, n) => ({ file: `x${n}.js`, hash: '' }))
    expect(() => verifyDist({ ...report, files: [] }, many)).toThrow('x9.js, and 4 more')
  })
})
