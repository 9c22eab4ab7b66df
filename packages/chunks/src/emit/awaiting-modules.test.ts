import { expect, test } from 'vitest'
import { awaitingModules } from './awaiting-modules.ts'

/** Module → its code, what it imports, and what it loads with `import()`. */
type Sources = Record<string, readonly [code: string, imports?: readonly string[], lazy?: readonly string[]]>

function awaiting(sources: Sources): { found: string[]; asked: string[] } {
  const modules = Object.entries(sources).map(([id, [, imports = [], dynamicImports = []]]) => ({
    id,
    imports,
    dynamicImports,
    removed: id === 'removed',
  }))
  const asked: string[] = []
  const found = awaitingModules(modules, (id) => {
    asked.push(id)
    return sources[id]?.[0]
  })
  return { found: [...found], asked }
}

test('finds what awaits an import() of its own, or in a function of what it imports', () => {
  const { found } = awaiting({
    own: ["export const { text } = await import('./text.js')", [], ['text']],
    caller: ["import { start } from './start.js'\nawait start()", ['start']],
    alone: ["await (globalThis.slow ?? import('./text.js'))", [], ['text']],
    start: ["export const start = async () => { await import('./text.js') }", [], ['text']],
    inBlock: ["if (globalThis.slow) {\n  for await (const part of import('./text.js')) part()\n}", [], ['text']],
    text: ["export const text = 'await'"],
  })
  expect(found).toEqual(['own', 'caller', 'alone', 'inBlock'])
})

test('looks at no code that cannot wait for an import(), and not at what was removed', () => {
  const { found, asked } = awaiting({
    main: ["import './api.js'\nimport('./page.js')", ['api'], ['page']],
    api: ["export const settings = await fetch('/settings')"],
    removed: ["await import('./page.js')", [], ['page']],
    page: ['export const page = 1'],
  })
  expect([found, asked]).toEqual([[], ['main']])
})
