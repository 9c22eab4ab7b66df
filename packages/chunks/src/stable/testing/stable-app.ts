import { createHash } from 'node:crypto'

type StableApp = Readonly<
  Record<'package.json' | 'index.html' | `src/${'main' | 'shared' | 'a' | 'b' | 'leaf' | 'other'}.js`, string>
>

/** Text that no compressor makes small, so that every part is worth a chunk. */
const bulk = (seed: string): string =>
  Array.from({ length: 300 }, (_, index) =>
    createHash('sha256')
      .update(seed + index)
      .digest('hex'),
  ).join(' ')

/** An app with lazy pages that share modules; what it does it pushes to `ran`. */
export const stableApp: StableApp = {
  'package.json': '{"name":"stable-app"}',
  'index.html':
    '<!doctype html><html><head><title>Stable</title></head><body><script type="module" src="/src/main.js"></script></body></html>',
  'src/main.js':
    "import { shared } from './shared.js'\nran.push('main', shared.length)\nconst lazy = (load) => load().then((page) => ran.push(page.default))\nlazy(() => import('./a.js'))\nlazy(() => import('./b.js'))",
  'src/shared.js': `export const shared = '${bulk('shared')}'`,
  'src/a.js': `import { leaf } from './leaf.js'\nimport { shared } from './shared.js'\nexport default 'a' + leaf + shared.length + '${bulk('a')}'.length`,
  'src/b.js': `import { leaf } from './leaf.js'\nimport { other } from './other.js'\nexport default 'b' + leaf + other + '${bulk('b')}'.length`,
  'src/leaf.js': `export const leaf = 'leaf one' + '${bulk('leaf')}'.length`,
  'src/other.js': `import { shared } from './shared.js'\nexport const other = shared.length + '${bulk('other')}'.length`,
}
