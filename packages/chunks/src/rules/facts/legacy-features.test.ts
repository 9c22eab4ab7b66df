import { describe, expect, it } from 'vitest'
import { legacyModule, supports } from './legacy-features.ts'

/** Vite's `baseline-widely-available` of Vite 8. */
const baseline = ['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4']
const isSuperfluous = (id: string, targets: readonly string[]): boolean => {
  const feature = legacyModule(id)
  return feature !== undefined && supports(targets, feature)
}

describe('legacyModule', () => {
  it.each([
    'node_modules/core-js/modules/es.promise.js',
    'node_modules/core-js/modules/es.array.flat-map.js',
    'node_modules/core-js-pure/modules/es.object.assign.js',
    'node_modules/regenerator-runtime/runtime.js',
    'node_modules/.pnpm/x/node_modules/@babel/runtime/helpers/esm/classCallCheck.js',
    'node_modules/@swc/helpers/esm/_to_consumable_array.js',
    'node_modules/resize-observer-polyfill/dist/ResizeObserver.es.js',
  ])('finds %s superfluous for the browsers of today', (id) => {
    expect(isSuperfluous(id, baseline)).toBe(true)
  })

  it.each([
    'node_modules/core-js/modules/es.set.union.v2.js',
    'node_modules/core-js/modules/esnext.iterator.concat.js',
    'node_modules/@babel/runtime/helpers/esm/usingCtx.js',
    'src/polyfills/classCallCheck.js',
  ])('leaves %s, which may be newer than the targets or is no polyfill', (id) => {
    expect(isSuperfluous(id, baseline)).toBe(false)
  })
})

describe('supports', () => {
  const fetch = legacyModule('node_modules/whatwg-fetch/fetch.js')!

  it.each<[readonly string[], boolean]>([
    [['safari10.1', 'chrome42'], true],
    [['safari10', 'chrome120'], false],
    [['ios10'], false],
    [['es2017'], true],
    [['es2015'], false],
    [['es6'], false],
    [['esnext'], true],
    [[], true],
    [['opera90'], false],
  ])('judges %s', (targets, expected) => {
    expect(supports(targets, fetch)).toBe(expected)
  })
})
