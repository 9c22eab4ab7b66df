import { expect, test } from 'vitest'
import { duplicateKeys } from './duplicate-keys.ts'

test.each([
  ['an object with each name once', '{"a": {"x": 1}, "b": {"x": 1}, "c": ["a", "a", {"a": 1}]}', []],
  ['a name that an inner object has too', '{"a": {"a": {"a": 1}}}', []],
  ['names in texts', String.raw`{"a": "\"a\": {\"a\":", "b": "}"}`, []],
  ['two names', '{"a": 1, "b": {"c": [], "c": {}}, "a" : 2, "a": 3}', ['b.c', '.a']],
  ['a name that is written differently', String.raw`{"chunks": {"\u0061b": 1, "ab": 2}}`, ['chunks.ab']],
])('finds what stands twice in %s', (_, json, expected) => {
  expect(() => JSON.parse(json) as unknown).not.toThrow()
  expect(duplicateKeys(json).map(({ key, inside }) => `${inside}.${key}`)).toEqual(expected)
})
