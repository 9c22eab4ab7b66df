import { expect, test } from 'vitest'
import { checkChunks } from './check-chunks.ts'
import { checkOutputs, isPlannable } from './check-output.ts'
import { codesOf } from '../testing/codes-of.ts'

type Output = Parameters<typeof isPlannable>[0]

test.each<[string, object]>([
  ['no options', {}],
  ['a format by another name', { format: 'esm' }],
  ['groups that are none', { codeSplitting: { groups: [] }, advancedChunks: {}, manualChunks: {} }],
  ['code splitting as it is anyway', { codeSplitting: true }],
])('%s can be planned', (_, output) => {
  expect(isPlannable(output as Output, false)).toBe(true)
})

test.each<[string, object]>([
  ['SystemJS', { format: 'system', manualChunks: () => 'x' }],
  ['CommonJS', { format: 'cjs' }],
])('%s is left to the bundler', (_, output) => {
  expect(isPlannable(output as Output, false)).toBe(false)
})

test.each<[string, object]>([
  ['one script', { format: 'iife' }],
  ['modules as they are', { preserveModules: true }],
  ['no splitting', { codeSplitting: false }],
  ['everything inlined', { inlineDynamicImports: true }],
])('%s is refused by name', (_, output) => {
  expect(codesOf(() => isPlannable(output as Output, false))).toEqual(['PACELINE_OUTPUT_UNSUPPORTED'])
})

test('a library is refused by name', () => {
  expect(codesOf(() => isPlannable({}, true))).toEqual(['PACELINE_OUTPUT_UNSUPPORTED'])
})

test.each<[string, object]>([
  ['a function', { manualChunks: () => 'x' }],
  ['an object', { manualChunks: { vendor: ['react'] } }],
  ['groups', { codeSplitting: { groups: [{ name: 'x' }] } }],
  ['groups by their old name', { advancedChunks: { groups: [{ name: 'x' }] } }],
])('%s of the user that split otherwise are refused by name', (_, output) => {
  expect(codesOf(() => isPlannable(output as Output, false))).toEqual(['PACELINE_CHUNKS_CONTRADICT'])
})

const table = new Map([
  ['/a.js', 'one'],
  ['/b.js', 'one'],
  ['/c.js', 'two'],
])
const planned = new Set(table.keys())
const check = (chunks: Record<string, string[]>): void =>
  checkChunks(
    Object.entries(chunks).map(([fileName, moduleIds]) => ({ name: fileName, fileName, moduleIds })),
    table,
    planned,
    '/',
  )

test('chunks that hold what the plan says pass, with what the bundler adds', () => {
  expect(codesOf(() => check({ 'one.js': ['/a.js', '/b.js', '\0runtime'], 'two.js': ['/c.js'] }))).toEqual([])
})

test('a module of another chunk is named', () => {
  const run = (): void => check({ 'one.js': ['/a.js', '/b.js', '/c.js'] })
  expect(codesOf(run)).toEqual(['PACELINE_PLAN_NOT_FOLLOWED'])
  expect(run).toThrow(/one\.js is `one`, but also holds c\.js/)
})

test('a chunk of the plan in two files is named', () => {
  expect(() => check({ 'one.js': ['/a.js'], 'other.js': ['/b.js'], 'two.js': ['/c.js'] })).toThrow(
    /`one` lies in one\.js and in other\.js/,
  )
})

test.each<[string, Parameters<typeof checkOutputs>[0]]>([
  ['no options', {}],
  ['a stylesheet for each chunk', { cssCodeSplit: true }],
  ['CommonJS beside modules', { rollupOptions: { output: [{ format: 'cjs' }, { format: 'es' }] } }],
  ['outputs without a format', { rollupOptions: { output: { dir: 'out' } } }],
])('a build with %s has something to plan', (_, build) => {
  expect(codesOf(() => checkOutputs(build))).toEqual([])
})

test.each<[string, Parameters<typeof checkOutputs>[0]]>([
  ['a library', { lib: { entry: 'src/index.ts' } }],
  ['CommonJS alone', { rollupOptions: { output: { format: 'cjs' } } }],
  ['one script', { rolldownOptions: { output: { format: 'iife' } } }],
  ['a single stylesheet', { cssCodeSplit: false }],
  ['no modules at all', { rollupOptions: { output: [{ format: 'cjs' }, { format: 'umd' }] } }],
])('a build of %s is refused before it begins', (_, build) => {
  expect(codesOf(() => checkOutputs(build))).toEqual(['PACELINE_OUTPUT_UNSUPPORTED'])
})
