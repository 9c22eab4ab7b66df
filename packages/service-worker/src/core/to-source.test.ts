import { expect, test } from 'vitest'
import { toSource } from './to-source.ts'

/** What the text makes. */
const made = async (value: unknown): Promise<unknown> => {
  const url = `data:text/javascript,export default ${encodeURIComponent(toSource(value, 'x'))}`
  return ((await import(url)) as { default: unknown }).default
}

test.each([null, undefined, 'a "quoted" line\n', 12, true, /^\/api\/[^/]+$/gi, [1, ['a']], { 'a-b': { c: null } }])(
  'writes %o so that it is read again',
  async (value) => {
    expect(await made(value)).toEqual(value)
  },
)

test.each<[string, (value: number) => unknown]>([
  ['an arrow', (value) => value + 1],
  [
    'a function',
    function (value) {
      return value + 1
    },
  ],
  [
    'a method',
    {
      add(value: number) {
        return value + 1
      },
    }.add,
  ],
])('writes %s that does the same', async (_, fn) => {
  expect(((await made(fn)) as typeof fn)(1)).toBe(2)
})

test('writes methods of objects, also async ones', async () => {
  const plugin = {
    async cacheWillUpdate(value: string) {
      return `${value}!`
    },
    async: () => 1,
  }
  const copy = (await made(plugin)) as typeof plugin
  expect(await copy.cacheWillUpdate('a')).toBe('a!')
  expect(copy.async()).toBe(1)
})

test('refuses an instance of a class, by its name', () => {
  expect(() => toSource({ plugins: [new Map()] }, 'options')).toThrow(/`options\.plugins\[0\]`/)
})
