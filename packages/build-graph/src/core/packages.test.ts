import { expect, test } from 'vitest'
import type { ChunkEntry } from '../report.ts'
import { packageSizes } from './packages.ts'

const share = (id: string, size: number): ChunkEntry['modules'][number] => ({ id, raw: size, gzip: size, brotli: size })
const chunk = (...modules: ChunkEntry['modules'][number][]): ChunkEntry => ({
  name: 'x',
  file: 'x.js',
  kind: 'js',
  entry: true,
  modules,
  imports: [],
  dynamicImports: [],
  css: [],
  assets: [],
})

test('adds up the modules of a package over all chunks and names its copies', () => {
  const places: Record<string, string> = { a: 'node_modules/p', b: 'node_modules/q/node_modules/p' }
  const sizes = packageSizes([chunk(share('a', 10), share('src/x', 5)), chunk(share('a', 1), share('b', 3))], (id) =>
    id in places ? { name: 'p', version: id === 'a' ? '1.0.0' : '2.0.0', path: places[id]! } : undefined,
  )
  expect(sizes).toEqual([
    {
      name: 'p',
      version: '1.0.0',
      raw: 14,
      gzip: 14,
      brotli: 14,
      duplicates: [
        { version: '1.0.0', path: 'node_modules/p' },
        { version: '2.0.0', path: 'node_modules/q/node_modules/p' },
      ],
    },
  ])
})
