import { expect, test } from 'vitest'
import { moduleGraph } from './module-graph.ts'

const graph = (modules: Readonly<Record<string, readonly string[]>>): Record<string, string[]> => {
  const entries = moduleGraph(
    Object.entries(modules).map(([id, imports]) => ({
      id,
      entry: id === '/app/src/main.js',
      imports: imports.map((target) => ({ id: target, kind: 'static' })),
    })),
    '/app',
    () => undefined,
  )
  return Object.fromEntries(entries.map(({ id, imports }) => [id, imports.map(({ to }) => entries[to]!.id)]))
}

test('moduleGraph makes one of the modules into which Rollup divides one of CommonJS', () => {
  const index = '/app/node_modules/x/index.js'
  const other = '/app/node_modules/x/other.js'
  const helpers = '\0commonjsHelpers.js'
  expect(
    graph({
      '/app/src/main.js': [`\0${index}?commonjs-es-import`, index],
      [`\0${index}?commonjs-es-import`]: [helpers, index],
      [index]: [helpers, `\0${index}?commonjs-module`, `\0${other}?commonjs-proxy`],
      [`\0${index}?commonjs-module`]: [],
      [`\0${other}?commonjs-proxy`]: [other],
      [other]: [`\0${other}?commonjs-exports`, index],
      [`\0${other}?commonjs-exports`]: [],
      [helpers]: [],
    }),
  ).toEqual({
    'node_modules/x/index.js': ['virtual:commonjsHelpers.js', 'node_modules/x/other.js'],
    'node_modules/x/other.js': ['node_modules/x/index.js'],
    'src/main.js': ['node_modules/x/index.js'],
    'virtual:commonjsHelpers.js': [],
  })
})

test('moduleGraph keeps modules apart that a query makes another of', () => {
  expect(
    graph({ '/app/src/main.js': ['/app/src/x.js?raw', '/app/src/x.js'], '/app/src/x.js?raw': [], '/app/src/x.js': [] }),
  ).toEqual({
    'src/main.js': ['src/x.js?raw', 'src/x.js'],
    'src/x.js': [],
    'src/x.js?raw': [],
  })
})
