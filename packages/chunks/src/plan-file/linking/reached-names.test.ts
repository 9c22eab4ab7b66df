import { expect, test } from 'vitest'
import { reachedNames } from './reached-names.ts'

const code = `
import { icon, other, third, fourth } from 'icons'
const helper = () => other()
export const used = () => icon()
export const extra = () => helper()
function inner() { return third }
export default class { run() { return inner() } }
export { helper as renamed }
start(fourth)
`

test.each<[string[], string[]]>([
  [[], ['fourth']],
  [['used'], ['fourth', 'icon']],
  [['extra'], ['fourth', 'other']],
  [['default'], ['fourth', 'third']],
  [['renamed'], ['fourth', 'other']],
  [['*'], ['fourth', 'icon', 'other', 'third']],
])('of imports, those that %j lead to', (taken, names) => {
  const reached = reachedNames(code, new Set(taken))
  expect(['icon', 'other', 'third', 'fourth'].filter((name) => reached.has(name)).sort()).toEqual(names)
})
