import { expect, test } from 'vitest'
import { groupMatcher, moduleMatcher } from './match-modules.ts'
import { nameMatcher } from './rules/match-names.ts'

const react = { id: 'node_modules/react/index.js', package: 'react' }
const fluent = { id: 'node_modules/@fluentui/react/lib/index.js', package: '@fluentui/react' }
const linked = { id: '../shared/src/index.ts', package: '@work/shared' }
const chartJs = { id: 'node_modules/chart.js/dist/chart.js', package: 'chart.js' }
const ownChartJs = { id: 'chart.js' }
const outside = { id: '../packages/kit/a.ts' }
const chart = { id: 'src/charts/bar/bar.tsx?raw' }

test.each([
  ['the name of a package', ['react'], [react]],
  ['a scope', ['@fluentui/*'], [fluent]],
  ['every package, linked ones too', ['node_modules'], [react, fluent, linked]],
  ['a glob of the app', ['src/charts/**'], [chart]],
  ['a glob that begins like a path', ['./src/**/*.tsx'], [chart]],
  ['several patterns', ['react', '@work/*'], [react, linked]],
  ['a part of a name', ['reac'], []],
])('%s matches what it means', (_, patterns, expected) => {
  const matches = moduleMatcher(patterns)
  expect([react, fluent, linked, chart].filter((module) => matches(module))).toEqual(expected)
})

test.each([
  ['**', [react, fluent, linked, chartJs, ownChartJs, outside, chart]],
  ['*', [react, chartJs]],
  ['chart.js', [chartJs, ownChartJs]],
  ['./chart.js', [ownChartJs]],
  ['chart.js/**', [chartJs]],
])('%s matches what it does for others', (pattern, expected) => {
  const matches = moduleMatcher([pattern])
  const all = [react, fluent, linked, chartJs, ownChartJs, outside, chart]
  expect(all.filter((module) => matches(module))).toEqual(expected)
})

test('a folder of routes is named as it is', () => {
  const page = { id: 'src/routes/(auth)/[id]/in.tsx' }
  expect(moduleMatcher(['src/routes/(auth)/**'])(page)).toBe(true)
  expect(moduleMatcher(['src/routes/(auth)/[id]/*'])(page)).toBe(true)
  expect(nameMatcher(['src/routes/(auth)/**'])([page.id])).toBe(true)
})

test('the first group that matches has the module', () => {
  const groupOf = groupMatcher({ react: ['react'], vendor: ['node_modules'], app: ['src/**'] })
  expect([react, fluent, chart].map(groupOf)).toEqual(['react', 'vendor', 'app'])
  expect(groupOf({ id: 'index.html' })).toBeUndefined()
})
