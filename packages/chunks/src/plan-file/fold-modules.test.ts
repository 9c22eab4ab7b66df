import { seeded } from '@paceline/testkit/seeded'
import { expect, test } from 'vitest'
import { foldModules, type PlacedModule } from './fold-modules.ts'
import { indexLines } from './lines.ts'

/** `app: 0` for the app's own, `package@: 0` for those of a package. */
function placed(chunks: Readonly<Record<string, number>>): PlacedModule[] {
  return Object.entries(chunks).map(([text, chunk]) => {
    const [name, path] = text.includes(' ') ? text.split(' ') : [undefined, text]
    return { key: name === undefined ? text : `${name}/${path}`, package: name, chunk }
  })
}

test('names a package once where all of it lies in one chunk', () => {
  const modules = placed({ 'react index.js': 0, 'react cjs/react.js': 0, '@mui/system index.js': 1, 'src/main.ts': 1 })
  expect(foldModules(modules, 2)).toEqual([['react'], ['@mui/system', 'src/']])
})

test('gives the package to its biggest share and names the rest, by directory where a directory lies together', () => {
  const modules = placed({
    'icons a.js': 0,
    'icons b.js': 0,
    'icons c.js': 1,
    'icons big/d.js': 0,
    'icons small/e.js': 1,
    'icons small/f.js': 1,
  })
  expect(foldModules(modules, 2)).toEqual([['icons'], ['icons/c.js', 'icons/small/']])
})

test('names the parts of a collection one by one: one more has no place yet', () => {
  const modules = placed({ 'icons a.js': 0, 'icons b.js': 0, 'icons core.js': 0, 'src/main.ts': 0 })
  const picked = modules.map((module) => ({ ...module, picked: /icons\/[ab]/.test(module.key) }))
  const lines = foldModules(picked, 1)
  expect(lines).toEqual([['icons/a.js', 'icons/b.js', 'icons/core.js', 'src/']])
  expect(indexLines(lines.map((modules) => ({ modules }))).chunkOf('icons/c.js')).toBeUndefined()
})

test('names the highest directory of the app that lies in one chunk', () => {
  const modules = placed({
    'src/ui/a.ts': 0,
    'src/ui/deep/b.ts': 0,
    'src/pages/a.ts': 1,
    'src/pages/b.ts': 0,
    'main.ts': 0,
  })
  expect(foldModules(modules, 2)).toEqual([['main.ts', 'src/pages/b.ts', 'src/ui/'], ['src/pages/a.ts']])
})

test('takes the second copy of a package, which goes by its path, for files', () => {
  const key = 'node_modules/a/node_modules/react/index.js'
  const modules = [...placed({ 'react index.js': 0 }), { key, package: 'react', chunk: 1 }]
  expect(foldModules(modules, 2)).toEqual([['react'], ['node_modules/']])
})

test('has no line for all that is called like a package', () => {
  const modules = placed({ './chart.js': 0, './events/a.js': 0, './events/b.js': 0 })
  expect(foldModules(modules, 1)).toEqual([['./chart.js', './events/']])
})

test('takes no slash of a query or of a virtual module for a directory', () => {
  const modules = placed({ 'logo.svg?url=/a/b': 0, 'virtual:icons/mdi/home': 0, '\0plugin/helper/x.js': 0 })
  expect(foldModules(modules, 1)).toEqual([['\0plugin/helper/x.js', 'logo.svg?url=/a/b', 'virtual:icons/mdi/home']])
})

test.each(Array.from({ length: 100 }, (_, seed) => seed))('unfolds random partition %d to itself', (seed) => {
  const random = seeded(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const modules = Array.from({ length: 120 }, (_, index): PlacedModule => {
    const owner = random() < 0.5 ? `p${below(5)}` : undefined
    const path = `${['', 'a/', 'a/b/', 'c/', 'c/a/'][below(5)]}m${index}.js`
    return {
      key: owner === undefined ? `src/${path}` : `${owner}/${path}`,
      package: owner,
      chunk: below(1 + (seed % 7)),
    }
  })
  const folded = foldModules(modules, 7)
  expect(folded.flat().length).toBeLessThanOrEqual(new Set(modules.map(({ key }) => key)).size + 5)
  const index = indexLines(folded.map((list) => ({ modules: list })))
  expect(modules.map(({ key }) => index.chunkOf(key))).toEqual(modules.map(({ chunk }) => chunk))
})
