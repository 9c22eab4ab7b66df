import { errorCodes } from '@paceline/kit'
import { expect, test } from 'vitest'
import { resolveChunksOptions, type ChunksOptions } from './resolve-options.ts'

function codesOf(options: ChunksOptions): string[] {
  try {
    resolveChunksOptions(options)
    return []
  } catch (error) {
    return errorCodes(error)
  }
}

test.each([undefined, 'default', 'vendor'] as const)(
  'refuses groups that the strategy %s would not look at',
  (strategy) => {
    expect(codesOf({ strategy, groups: { react: ['react'] } })).toEqual(['PACELINE_GROUPS_IGNORED'])
    expect(codesOf({ strategy, groups: {} })).toEqual([])
    expect(codesOf({ strategy: 'planned', groups: { react: ['react'] } })).toEqual([])
  },
)

test.each(['', '../vendor', '/vendor', 'a b', '[hash]', '2'])('refuses %j as the name of a chunk', (name) => {
  expect(codesOf({ strategy: 'planned', groups: { [name]: 'react' } })).toEqual(['PACELINE_OPTIONS_INVALID'])
})

test.each(['vendor', 'react-vendor', '@scope/ui', 'v2', 'lib/react.dom'])('takes %j as the name of a chunk', (name) => {
  expect(codesOf({ strategy: 'planned', groups: { [name]: 'react' } })).toEqual([])
})

test.each([
  ['groups', []],
  ['groups', ['react']],
  ['weights', []],
])('refuses a list as %s: %j', (option, list) => {
  const options = { strategy: 'planned', [option]: list } as ChunksOptions
  expect(() => resolveChunksOptions(options)).toThrow(`\`chunks.${option}\` is a list`)
  expect(codesOf(options)).toEqual(['PACELINE_OPTIONS_INVALID'])
})
