import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { usesWhileStarting } from './start-uses.ts'

const OTHER =
  'function made() { return other() } function other() {} class Base {} const plain = 1; export { made as m, Base as b, plain as p }'

function uses(code: string, other: string = OTHER): boolean {
  const parsed = (file: string, text: string) => ({
    file,
    program: parseSync(file, text).program as unknown as SyntaxNode,
  })
  return usesWhileStarting(parsed('assets/one.js', code), parsed('assets/two.js', other))
}

test.each([
  ['as a parent', 'import{b as B}from"./two.js";class A extends B{}'],
  ['as a value', 'import{p}from"./two.js";const a=p+1'],
  ['as an alias', 'import{p}from"./two.js";const a=p;export{a}'],
  ['in a static member', 'import{p}from"./two.js";class A{static a=p}'],
  ['in a computed key', 'import{p}from"./two.js";const a={[p]:1}'],
  ['in shorthand', 'import{p}from"./two.js";const a={p}'],
  ['in a function that is called', 'import{p}from"./two.js";function f(){return g()}const g=()=>p;const a=f()'],
  ['in a function that is handed on', 'import{p}from"./two.js";const f=()=>p;[1].map(f)'],
  ['in a callback', 'import{p}from"./two.js";[1].map(()=>p)'],
  ['in a method of a class that is used', 'import{p}from"./two.js";class A{m(){return p}}new A().m()'],
  ['as a namespace', 'import*as n from"./two.js";const a=n.p'],
  ['as a default value', 'import{p}from"./two.js";const{a=p}=window'],
  ['under a name of an import map', 'import{p}from"two";const a=()=>p'],
])('finds what is used at once: %s', (_, code) => {
  expect(uses(code)).toBe(true)
})

test('finds a function that is called and needs something of its chunk', () => {
  const other = 'const list=[];function add(x){return push(x)}function push(x){list.push(x)}export{add as m}'
  expect(uses('import{m}from"./two.js";m(1)', other)).toBe(true)
})

test.each([
  ['in a function that nobody calls', 'import{p}from"./two.js";const f=()=>p;export{f as x}'],
  ['in a method of a class that nobody uses', 'import{p}from"./two.js";class A{m(){return p}a=p}export{A as x}'],
  ['which is a function', 'import{m}from"./two.js";const a=m()'],
  ['which is handed on', 'import{p}from"./two.js";export{p as x}'],
  ['for its side effects', 'import"./two.js";const a=1'],
  ['and whose name is only a property', 'import{p}from"./two.js";const a=window.p'],
  ['from elsewhere', 'import"./two.js";import{p}from"./three.js";const a=p'],
])('passes what is used later: %s', (_, code) => {
  expect(uses(code)).toBe(false)
})
