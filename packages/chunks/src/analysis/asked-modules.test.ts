import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { askedModules } from './asked-modules.ts'

/** What a module of the app asks that imports from these packages, in this order. */
function asksOf(code: string, ...packages: readonly string[]): string[] {
  const asked = askedModules({
    codeOf: () => code,
    importsOf: () => packages.map((name) => (/^[/\0]/.test(name) ? name : `/app/node_modules/${name}/index.js`)),
    parse: (text) => parseSync('module.js', text).program as unknown as SyntaxNode,
  })
  return [...asked('/app/src/a.js')]
}

test.each([
  ['a function', 'import { getAuth } from "firebase/auth"; export const auth = getAuth()'],
  ['a function of another name', 'import { getAuth as get } from "firebase/auth"; export const auth = get()'],
  ['a method of all', 'import * as fire from "firebase/auth"; export const user = fire.auth().user'],
  ['a method of the default', 'import fire from "firebase/auth"; export const user = fire.apps.first()'],
  ['a class', 'import { Auth } from "firebase/auth"; export const auth = { one: new Auth() }'],
  ['a template', 'import { css } from "firebase/auth"; export const a = css`b {}`'],
  ['a function for its own sake', 'import { start } from "firebase/auth"; start()'],
])('%s that is called asks its package', (_, code) => {
  expect(asksOf(code, 'firebase/auth')).toEqual(['firebase'])
})

test.each([
  ['calls it later', 'import { getAuth } from "firebase"; export const auth = () => getAuth()'],
  ['only names it', 'import { getAuth } from "firebase"; export const auth = { get: getAuth }'],
  ['has a function that is called like it', 'import { a } from "firebase"; const b = () => 1; export const c = b()'],
  ['marks its call as pure', 'import { a } from "firebase"; export default /*#__PURE__*/ a({ b: 1 })'],
])('a module that %s asks nothing', (_, code) => {
  expect(asksOf(code, 'firebase')).toEqual([])
})

test('packages of firebase are one, since one hands on what others have', () => {
  const code = 'import { a } from "@firebase/app"; import { b } from "firebase/auth"; export const c = a(b())'
  expect(asksOf(code, '@firebase/app', 'firebase/auth')).toEqual(['firebase'])
})

test('other packages of one scope are asked one by one, by the names that they are imported by', () => {
  const code = 'import { a } from "@tanstack/a"; import { b } from "@tanstack/b"; export const c = a(b())'
  expect(asksOf(code, '@tanstack/a', '@tanstack/b')).toEqual(['@tanstack/b', '@tanstack/a'])
})

test('packages whose functions remember nothing are not asked', () => {
  const code =
    'import { z } from "zod"; import { useState as use } from "react"; export const a = z.object({}).optional(), b = use()'
  expect(asksOf(code, 'zod', 'react')).toEqual([])
})

test('functions that make components are known by name, whatever they are called here', () => {
  const code = 'import { jsx as _jsx, h } from "preact"; export const a = _jsx("a", {}), b = h("b")'
  expect(asksOf(code, 'preact')).toEqual(['preact'])
  expect(asksOf(code.replace(', b = h("b")', ''), 'preact')).toEqual([])
})

test('modules of the app are asked one by one', () => {
  const code = 'import { define } from "./define.js"; export const route = define("/")'
  expect(asksOf(code, '/app/src/define.js')).toEqual(['/app/src/define.js'])
})

test('CommonJS is asked by the name of its file or package, also where Rollup makes several modules of it', () => {
  const code = 'import { getAuth } from "fire"; import { a } from "./old.cjs"; export const auth = getAuth(a())'
  const ids = ['\0/app/node_modules/fire/index.js?commonjs-es-import', '\0/app/src/old.cjs?commonjs-es-import']
  expect(asksOf(code, ...ids)).toEqual(['/app/src/old.cjs', 'fire'])
})

test('helpers of the bundler are not asked', () => {
  const code = 'import { c } from "helpers"; import { d } from "interop"; export const a = c(), b = d()'
  expect(asksOf(code, '\0rolldown/runtime.js', '\0commonjsHelpers.js')).toEqual([])
})

test('modules of packages ask nothing: they import what they lean on', () => {
  const asked = askedModules({
    codeOf: () => 'import { define } from "language"; export const css = define("css")',
    importsOf: () => ['/app/node_modules/language/index.js'],
    parse: (text) => parseSync('module.js', text).program as unknown as SyntaxNode,
  })
  expect(asked('/app/node_modules/lang-css/index.js')).toEqual(new Set())
  expect(asked('/app/src/css.js')).toEqual(new Set(['language']))
})
