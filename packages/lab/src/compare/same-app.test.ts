import { expect, test } from 'vitest'
import type { WorkVisit } from '../browser/work-visit.ts'
import { assertSameApp } from './same-app.ts'

function visit(...modules: readonly string[]): WorkVisit {
  const counts = { work: 1, elements: 1, layouts: 1, styles: 1, requests: 1, bytes: 1 }
  return { counts, modules: new Map(modules.map((name) => [name, 100])), cpu: { task: 1, script: 1, layout: 1 } }
}

const shared = [
  'node_modules/react/index.js',
  '../packages/ui/button.js',
  'virtual:vite/preload-helper.js',
  '[bundler]',
] as const

test('two apps are two apps, whatever packages and helpers of tools they share', () => {
  expect(() => assertSameApp([visit('src/notes.ts', ...shared)], [visit('src/shop.ts', ...shared)])).toThrow(
    /another app: it has `src\/notes\.ts` and the candidate `src\/shop\.ts`/,
  )
})

const alike: readonly (readonly [what: string, before: WorkVisit, after: WorkVisit])[] = [
  ['one module of their own', visit('src/main.ts', 'src/a.ts'), visit('src/main.ts', 'src/b.ts')],
  ['a package, where one has no modules of its own', visit(...shared), visit('src/shop.ts', ...shared)],
  ['a script, where modules are not known', visit('[assets/index.js]', '[a.js]'), visit('[assets/index.js]', '[b.js]')],
  ['nothing that could be compared: modules of one, files of the other', visit('src/a.ts'), visit('[b.js]')],
  ['nothing, where one runs no scripts', visit(), visit('src/a.ts')],
]
test.each(alike)('builds are of one app that share %s', (_what, before, after) => {
  expect(() => assertSameApp([before], [after])).not.toThrow()
})

test('files of which none has the same name are of two apps', () => {
  expect(() => assertSameApp([visit('[a.js]')], [visit('[b.js]')])).toThrow(/another app/)
})
