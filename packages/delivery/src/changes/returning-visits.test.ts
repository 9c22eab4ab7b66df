import type { BuildReport, FileEntry, Load, RouteEntry } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { archivedFile, releaseRecord } from '../testing/records.ts'
import { returningVisits } from './returning-visits.ts'

const dictionary = true as const
const names = ['main-AAAAAAA2.js', 'page-BBBBBBB2.js', 'vendor-CCCCCCCC.js']
const sizes: Record<string, number> = { 'main-AAAAAAA2.js': 1000, 'page-BBBBBBB2.js': 500, 'vendor-CCCCCCCC.js': 9000 }

function route(id: string, files: readonly string[]): RouteEntry {
  const brotli = files.reduce((sum, file) => sum + (sizes[file] ?? 0), 0)
  const load: Load = { raw: 0, gzip: 0, brotli, zstd: 0, requests: files.length, depth: 1, byKind: {}, files }
  return { id, module: id, firstLoad: load, navigation: load }
}

const report = {
  routes: [route('/', names), route('/empty', [])],
  files: names.map((file) => ({ file, brotli: sizes[file]! }) as FileEntry),
} as unknown as BuildReport

const main = archivedFile('main-[AAAAAAA1].js', 'main', { dictionary })
const page = archivedFile('page-[BBBBBBB1].js', 'page', { dictionary })
const vendor = archivedFile('vendor-[CCCCCCCC].js', 'vendor', { dictionary })
const deltas = [
  { of: 'main-AAAAAAA2.js', dictionary: main.sha256, bytes: 90, encoding: 'dcb' as const },
  { of: 'main-AAAAAAA2.js', dictionary: main.sha256, bytes: 70, encoding: 'dcz' as const },
  { of: 'page-BBBBBBB2.js', dictionary: page.sha256, bytes: 40, encoding: 'dcb' as const },
].map((delta) => ({ ...delta, file: '', release: '', decoded: 0 }))

describe('returningVisits', () => {
  it('counts what changed, whole and as the smallest delta against what the visitor has', () => {
    const [home, empty] = returningVisits(report, [{ record: releaseRecord(1, [main, page, vendor]) }], deltas)
    expect(home).toEqual({
      id: '/',
      new: 10_500,
      returning: [{ release: '000000000001', brotli: 1500, deltas: 110 }],
    })
    expect(empty!.returning).toEqual([{ release: '000000000001', brotli: 0, deltas: 0 }])
  })

  it('gives a visitor only what the same route loaded then', () => {
    const routes = [route('/', ['main-AAAAAAA1.js'])]
    const [home] = returningVisits(report, [{ record: releaseRecord(1, [main, page, vendor]), routes }], deltas)
    expect(home!.returning[0]).toMatchObject({ brotli: 10_500, deltas: 9000 + 500 + 70 })
  })

  it('offers no file that was no dictionary then', () => {
    const plain = { ...main, dictionary: undefined }
    const [home] = returningVisits(report, [{ record: releaseRecord(1, [plain, page, vendor]) }], deltas)
    expect(home!.returning[0]).toMatchObject({ brotli: 1500, deltas: 1000 + 40 })
  })
})
