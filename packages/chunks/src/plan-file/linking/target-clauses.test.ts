import { expect, test } from 'vitest'
import { readClauses } from './import-clauses.ts'
import { withTargets } from './target-clauses.ts'

const targetsOf = (code: string, imports: readonly string[]): readonly string[] | undefined =>
  withTargets(readClauses(code)!, imports)?.targets

const code = "import { a } from 'lib'\nimport './b.js'\nimport('./c.js')"
const own = ['/lib/index.js', '/src/b.js']

test('leaves out the helpers of Vite of which the code says nothing, wherever they stand', () => {
  expect(targetsOf(code, [...own, '\0vite/preload-helper.js'])).toEqual(own)
  expect(targetsOf(code, ['\0vite/modulepreload-polyfill.js', ...own, '\0vite/preload-helper.js'])).toEqual(own)
})

test('keeps the helpers that the code names, by id as Vite 7 does and as people do', () => {
  const helper = '\0vite/preload-helper.js'
  expect(targetsOf(`import { __vitePreload } from "${helper}";${code}`, [helper, ...own])).toEqual([helper, ...own])
  const polyfill = '\0vite/modulepreload-polyfill.js'
  expect(targetsOf(`import 'vite/modulepreload-polyfill'\n${code}`, [polyfill, ...own])).toEqual([polyfill, ...own])
})

test('gives up when something else is imported that the code does not name', () => {
  expect(targetsOf(code, [...own, '/src/added.js'])).toBeUndefined()
  expect(targetsOf(code, own.slice(1))).toBeUndefined()
})
