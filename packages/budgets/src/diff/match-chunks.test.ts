import { describe, expect, it } from 'vitest'
import { alignModules } from './align-modules.ts'
import { matchChunks } from './match-chunks.ts'
import { sketchReport } from './report-fixture.ts'

type Chunks = Record<string, Record<string, number>>

function match(before: Chunks, after: Chunks): [string | undefined, string | undefined][] {
  const [old, now] = [before, after].map((chunks) =>
    sketchReport({
      modules: Object.fromEntries(Object.values(chunks).flatMap((c) => Object.keys(c).map((id) => [id, []]))),
      chunks,
    }),
  )
  return matchChunks(old!.chunks, now!.chunks, alignModules(old!, now!)).map(({ before: a, after: b }) => [
    a?.file,
    b?.file,
  ])
}

describe('matchChunks', () => {
  it('follows the modules when two chunks swap their names', () => {
    const pairs = match({ 'a.js': { x: 10 }, 'b.js': { y: 90 } }, { 'a.js': { y: 95 }, 'b.js': { x: 10 } })
    expect(pairs).toEqual([
      ['b.js', 'a.js'],
      ['a.js', 'b.js'],
    ])
  })

  it('lets a split chunk live on in its bigger half', () => {
    const pairs = match({ 'a.js': { x: 60, y: 40 } }, { 'small.js': { y: 40 }, 'big.js': { x: 60 } })
    expect(pairs).toEqual([
      ['a.js', 'big.js'],
      [undefined, 'small.js'],
    ])
  })

  it('never pairs a CSS file with a JS file, or chunks that share nothing', () => {
    expect(match({ 'a.js': { x: 10 } }, { 'a.css': { x: 10 } })).toEqual([
      ['a.js', undefined],
      [undefined, 'a.css'],
    ])
    expect(match({ 'a.js': { x: 10 } }, { 'a.js': { y: 10 } })).toHaveLength(2)
  })

  it('pairs chunks that hold nothing but what the bundler adds', () => {
    expect(match({ 'runtime-1.js': {} }, { 'runtime-2.js': {} })).toEqual([['runtime-1.js', 'runtime-2.js']])
  })

  it('matches 1,500 chunks of 20,000 modules within a second', () => {
    const chunks: Chunks = {}
    for (let n = 0; n < 20_000; n++) (chunks[`c${n % 1500}.js`] ??= {})[`m${n}`] = n + 1
    const started = performance.now()
    expect(match(chunks, chunks).every(([a, b]) => a === b)).toBe(true)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
