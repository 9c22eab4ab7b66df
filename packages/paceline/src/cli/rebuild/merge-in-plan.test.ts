import type { StoredPlan } from '@paceline/chunks'
import { expect, test } from 'vitest'
import { mergeInPlan } from './merge-in-plan.ts'

type StoredChunk = StoredPlan['chunks'][number]

const chunk = (name: string, imports: readonly string[], more: Partial<StoredChunk> = {}): StoredChunk => ({
  name,
  kind: 'planned',
  imports,
  mentions: {},
  modules: [`src/${name}.js`],
  ...more,
})

const plan = (...chunks: readonly StoredChunk[]): StoredPlan => ({
  version: 1,
  app: 'shop',
  settings: {},
  routes: {},
  chunks,
})

test('keeps what the mentions of both chunks rest on, so that a later build can check them', () => {
  const merged = mergeInPlan(
    plan(
      chunk('far', []),
      chunk('a', [], { mentions: { 'src/a.js': ['far'] }, basis: { 'src/a.js': '11111111' } }),
      chunk('b', [], { mentions: { 'src/b.js': ['far'] }, basis: { 'src/b.js': '22222222' } }),
    ),
    ['a', 'b'],
  )
  expect(merged.chunks.find(({ name }) => name === 'a')).toMatchObject({
    modules: ['src/a.js', 'src/b.js'],
    mentions: { 'src/a.js': ['far'], 'src/b.js': ['far'] },
    basis: { 'src/a.js': '11111111', 'src/b.js': '22222222' },
  })
})

test('gives the imports of others the name of the merged chunk, once, and none to itself', () => {
  const merged = mergeInPlan(plan(chunk('b', []), chunk('a', ['b']), chunk('main', ['a', 'b'])), ['a', 'b'])
  expect(merged.chunks.map(({ name, imports }) => [name, imports])).toEqual([
    ['a', []],
    ['main', ['a']],
  ])
})

test('refuses two chunks that would load each other through a third', () => {
  expect(() => mergeInPlan(plan(chunk('b', []), chunk('between', ['b']), chunk('a', ['between'])), ['a', 'b'])).toThrow(
    expect.objectContaining({ code: 'PACELINE_WHAT_IF_CHUNK_CYCLE' }),
  )
})
