import { expect, test } from 'vitest'
import { finished } from './testing/finished.ts'
import { verifyOutput } from './verify-output.ts'

const source = {
  main: ['locale', 'tag'],
  locale: ['lazy:messages'],
  messages: ['tag'],
  tag: [],
}
const chunks = { main: ['main'], lib: ['tag', 'locale'], messages: ['messages'] }
const imports = { main: ['lib'], messages: ['lib'] }
const awaits = { locale: ['messages'] }

test('finds a module that awaits what needs its chunk, with the way back', () => {
  expect(verifyOutput(finished({ source, chunks, imports, awaits }))).toContainEqual({
    kind: 'deadlock',
    harmful: true,
    module: 'locale',
    target: 'messages',
    steps: [
      { from: 'lib', to: 'messages', because: { importer: 'locale', importee: 'messages', kind: 'dynamic' } },
      { from: 'messages', to: 'lib', because: { importer: 'messages', importee: 'tag', kind: 'static' } },
    ],
  })
})

test('finds chunks that wait for each other by way of two awaits', () => {
  const faults = verifyOutput(
    finished({
      source: { main: ['a', 'x'], a: ['lazy:b'], b: ['y'], y: ['lazy:c'], c: ['x'], x: [] },
      chunks: { main: ['main'], one: ['a', 'x'], b: ['b'], two: ['y'], c: ['c'] },
      imports: { main: ['one'], b: ['two'], c: ['one'] },
      awaits: { a: ['b'], y: ['c'] },
    }),
  )
  const found = faults.filter(({ kind }) => kind === 'deadlock')
  expect(found).toMatchObject([{ module: 'a', target: 'b' }])
  expect(found.flatMap((fault) => (fault.kind === 'deadlock' ? fault.steps : []))).toEqual([
    { from: 'one', to: 'b', because: { importer: 'a', importee: 'b', kind: 'dynamic' } },
    { from: 'b', to: 'two', because: { importer: 'b', importee: 'y', kind: 'static' } },
    { from: 'two', to: 'c', because: { importer: 'y', importee: 'c', kind: 'dynamic' } },
    { from: 'c', to: 'one', because: { importer: 'c', importee: 'x', kind: 'static' } },
  ])
})

test.each([
  ['nothing is awaited', {}, {}],
  ['what is awaited has its own chunk for all that it needs', awaits, { lib: ['locale'], tag: ['tag'] }],
])('passes when %s', (_, waits, more) => {
  const apart = 'tag' in more ? { main: ['tag', 'lib'], messages: ['tag'] } : imports
  const faults = verifyOutput(finished({ source, chunks: { ...chunks, ...more }, imports: apart, awaits: waits }))
  expect(faults.filter(({ kind }) => kind === 'deadlock')).toEqual([])
})

test('leaves alone what waits for itself in the source already', () => {
  const output = finished({
    source: { ...source, messages: ['tag', 'locale'] },
    chunks,
    imports,
    awaits,
  })
  expect(verifyOutput(output).filter(({ kind }) => kind === 'deadlock')).toEqual([])
})
