import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { paceline } from 'paceline'
import { chunkOptions } from './chunk-options.ts'
import { buildOptions } from './options.ts'
import { plainPictures } from './plain-pictures.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const router = readFileSync(new URL('../src/app/router.tsx', import.meta.url), 'utf8')
const lazyPages = [...router.matchAll(/import\('(.+?)'\)/g)].map(([, path]) => path!)

/** Built in memory: what is on the disk belongs to whoever built it. */
async function chunksOf(config: InlineConfig): Promise<Rolldown.OutputChunk[]> {
  const result = await build({ root, logLevel: 'silent', ...config, build: { ...config.build, write: false } })
  return (result as Rolldown.RolldownOutput).output.filter((file) => file.type === 'chunk')
}

/** The pictures as they are: encoding them is not what is looked at here. */
const planned = () => [
  plainPictures(),
  paceline({ chunks: chunkOptions, images: false, budgets: false, compress: false }),
]
const chunks = await chunksOf({ configFile: false, plugins: [react(), planned()], build: buildOptions })
const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
const entry = chunks.find((chunk) => chunk.isEntry)!

/** A chunk and all that it imports statically; a circle is what does not end. */
function closure(file: string, path: readonly string[] = []): string[] {
  if (path.includes(file)) throw new Error(`Chunks in a circle: ${[...path, file].join(' → ')}`)
  return [file, ...byFile.get(file)!.imports.flatMap((next) => closure(next, [...path, file]))]
}

test('no chunk imports itself through others', () => {
  expect(() => chunks.map((chunk) => closure(chunk.fileName))).not.toThrow()
})

test('a page that changes, changes no other file: the page that holds the import map says what it is called now', async () => {
  const edit: Plugin = {
    name: 'edit',
    transform: (code, id) => (id.endsWith('/credits-page.tsx') ? `${code};window.edited = true` : undefined),
  }
  const edited = await chunksOf({ configFile: false, plugins: [edit, react(), planned()], build: buildOptions })
  const names = new Set(edited.map((chunk) => chunk.fileName))
  expect(chunks.filter((chunk) => !names.has(chunk.fileName)).map((chunk) => chunk.name)).toEqual(['credits-page'])
})

test('four pages are in the first load and every other one is not', () => {
  const initial = [...new Set(closure(entry.fileName))].flatMap((file) => byFile.get(file)!.moduleIds)
  const pages = initial.filter((id) => id.endsWith('-page.tsx')).map((id) => id.split('/').at(-1))
  expect(pages.toSorted()).toEqual(['dashboard-page.tsx', 'not-found-page.tsx', 'setup-page.tsx', 'welcome-page.tsx'])
  expect(lazyPages.length).toBeGreaterThan(34)
  expect(initial.filter((id) => /codemirror|lezer|react-virtual|react-dialog|photo-files/.test(id))).toEqual([])
})

test('the files that the budgets call initial are the ones that the entry loads', () => {
  const budgets = JSON.parse(readFileSync(new URL('../../.size-limit.json', import.meta.url), 'utf8')) as {
    name: string
    path: string[]
  }[]
  const patterns = budgets.find((budget) => budget.name === 'initial JS')!.path
  const stems = [...new Set(closure(entry.fileName))].map(
    (file) => `playground/dist/assets/${byFile.get(file)!.name}-*.js`,
  )
  expect(stems.toSorted()).toEqual(patterns.toSorted())
  const matched = chunks.filter((chunk) => patterns.includes(`playground/dist/assets/${chunk.name}-*.js`))
  expect(matched.map((chunk) => chunk.fileName).toSorted()).toEqual([...new Set(closure(entry.fileName))].toSorted())
})

test('the twin is one program of the same pages', async () => {
  const twin = await chunksOf({ configFile: `${root}vite.config.baseline.ts` })
  expect(twin).toHaveLength(1)
  const pages = twin[0]!.moduleIds.filter((id) => /-(page|layout)\.tsx$/.test(id))
  expect(pages.filter((id) => lazyPages.some((path) => id.endsWith(path.replace('../', '/'))))).toHaveLength(
    lazyPages.length,
  )
  expect(pages.every((id) => existsSync(id))).toBe(true)
})
