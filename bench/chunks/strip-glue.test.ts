import { expect, test } from 'vitest'
import { stripGlue } from './strip-glue.ts'

test('stripGlue leaves the code of the modules and what they load lazily', () => {
  const code =
    'const __vite__mapDeps=(i)=>i;import{a}from"./a.js";import"./b.js";const c=()=>import("./c.js");a(c);export{c as d};export*from"./e.js";'
  expect(stripGlue(code)).toBe('const c=()=>import("./c.js");a(c);')
})

test('stripGlue refuses what is no module', () => {
  expect(() => stripGlue('const =')).toThrow(/no module/)
})
