import { expect, test } from 'vitest'
import { selectApps, selectedWords } from './select-apps.ts'

const apps = [{ name: 'vue', quick: true }, { name: 'svelte' }] as const

test('takes all without a word', () => {
  expect(selectApps([], apps)).toEqual({ apps: ['vue', 'svelte'], newcomer: true })
})

test('takes those that are named, in the order of the matrix', () => {
  expect(selectApps(['svelte', 'vue'], apps)).toEqual({ apps: ['vue', 'svelte'], newcomer: false })
  expect(selectApps(['newcomer'], apps)).toEqual({ apps: [], newcomer: true })
})

test('takes the part of `npm test`', () => {
  expect(selectApps(['quick'], apps)).toEqual({ apps: ['vue'], newcomer: true })
})

test('names what it does not know and what there is', () => {
  expect(() => selectApps(['veu'], apps)).toThrow('no app `veu`. Name some of: vue, svelte, newcomer, quick.')
})

test('reads the words of the runner', () => {
  expect(selectedWords({ PACELINE_MATRIX: 'vue,svelte' })).toEqual(['vue', 'svelte'])
  expect(selectedWords({})).toEqual([])
})
