import { expect, it } from 'vitest'
import { check } from '../testing/check-rule.ts'
import { sketchFacts, type BuildSketch } from '../testing/sketch-facts.ts'

/** pnpm has a copy of the same version for every set of peers. */
const pnpm = (name: string): string => `node_modules/.pnpm/${name}/node_modules/${name.replace(/@.*/, '')}`
const index = (name: string): string => `${pnpm(name)}/index.js`
const wanters = ['p@1', 'q@1', 'r@1', 's@1', 't@1', 'u@1']

const app: BuildSketch = {
  modules: {
    'src/main.js': [...wanters.map((name, at) => `${index(name)}:${at + 1}`), `${index('lib@4')}:9`],
    ...Object.fromEntries(wanters.map((name) => [index(name), [index(name === 'r@1' ? 'lib@3_peer' : 'lib@3')]])),
    [index('lib@3')]: [],
    [index('lib@3_peer')]: [],
    [index('lib@4')]: [],
  },
  chunks: { 'index.js': { [index('lib@3')]: 600, [index('lib@4')]: 550, [index('lib@3_peer')]: 50 } },
  duplicates: {
    lib: [
      { version: '3.0.0', path: pnpm('lib@3') },
      { version: '3.0.0', path: pnpm('lib@3_peer') },
      { version: '4.0.0', path: pnpm('lib@4') },
    ],
  },
}

it('counts versions and copies apart, and names who wants each copy', () => {
  expect(check('duplicates', sketchFacts(app), { duplicates: 'error' })).toEqual([
    '`lib` is bundled in 2 versions, 3 copies: 3.0.0 (600 B) wanted by `p`, `q`, `s` and 2 more; 4.0.0 (550 B) wanted by src/main.js:9; 3.0.0 (50 B) wanted by `r`. [src/main.js:9] 600',
  ])
})

it('begins with the import that is shown', () => {
  const [entry] = Object.values(app.modules)
  const modules = {
    ...app.modules,
    'src/main.js': ['src/page.js:1', ...entry!.filter((edge) => !edge.includes('lib@4'))],
    'src/far.js': [`${index('lib@4')}:5`],
    'src/page.js': ['src/far.js:1', `${index('lib@4')}:2`],
  }
  expect(check('duplicates', sketchFacts({ ...app, modules }), { duplicates: 'error' })[0]).toContain(
    '4.0.0 (550 B) wanted by src/page.js:2, src/far.js:5;',
  )
})

it('names them all where one more is left', () => {
  const [entry] = Object.values(app.modules)
  const modules = { ...app.modules, 'src/main.js': entry!, [index('u@1')]: [] }
  expect(check('duplicates', sketchFacts({ ...app, modules }), { duplicates: 'error' })[0]).toContain(
    'wanted by `p`, `q`, `s`, `t`; 4.0.0',
  )
})
