import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { moduleEffects, type ImportedNames, type ModuleEffects } from './effects.ts'

function effectsOf(code: string, names: Partial<Record<keyof ImportedNames, string[]>> = {}): ModuleEffects {
  const imported = { own: new Set(names.own), helpers: new Set(names.helpers) }
  return moduleEffects(parseSync('module.js', code).program as unknown as SyntaxNode, imported)
}

test.each([
  ['nothing', ''],
  ['declarations', 'const a = 1; function b() { window.x = 1 } class C extends b { static x = a }'],
  ['an initialiser that calls something', 'import { f } from "./f.js"; const a = f(), b = new Map([[a, f(1)]])'],
  ['a property of its own function', 'function A() {} A.displayName = "A"; A.propTypes = { x: A }'],
  ['a property of what a call gave', 'import { m } from "./m.js"; const A = m(() => 1); A.displayName = "A"'],
  ['an enum', 'var E; (function (e) { e[e.A = 0] = "A" })(E || (E = {})); export { E }'],
  ['a minified enum', 'var E = (e => (e.A = "a", e.B = "b", e))(E || {}); export { E as t }'],
  ['its own object given getters', 'const o = {}; Object.defineProperty(o, "x", { get: () => 1 })'],
  ['its own list', 'const l = []; l.push(1); const s = new Set(); s.add(2)'],
  ['a branch that changes only its own', 'let a; if (typeof window < "u") { a = window.x } else a = 2'],
  ['its own counter', 'let a = 0; a++; a += 2'],
  ['a directive', '"use strict"'],
  ['a lazy import in a function', 'const load = () => import("./x.js")'],
])('%s has no effects', (_, code) => {
  expect(effectsOf(code)).toEqual({ effects: false, awaits: false })
})

test.each([
  ['a call', 'import { f } from "./f.js"; f()'],
  ['a minified call', 'import{f}from"./f.js";var a=1;a,f()'],
  ['a conditional call', 'import { f } from "./f.js"; const a = 1; a && f()'],
  ['a call in a branch', 'if (window.x) console.log(1)'],
  ['a global', 'window.x = 1'],
  ['a global in an initialiser', 'const a = (window.x = 1)'],
  ['a member of something imported', 'import { a } from "./a.js"; a.x = 1'],
  ['a member of an alias', 'const d = document; d.title = "x"'],
  ['a member of an alias by destructuring', 'const { body } = document; body.id = "x"'],
  ['an alias that came later', 'let d = {}; d = document; d.title = "x"'],
  ['an undeclared name', 'x = 1'],
  ['a function that is called at once', '(function () { window.x = 1 })()'],
  ['a call in a function that is called at once', '(() => { setTimeout(() => {}) })()'],
  ['a parameter that is the window', '(function (w) { w.x = 1 })(window)'],
  ['the exports of another module', 'import { e } from "./exports.js"; (function (x) { x.a = 1 })(e)'],
  ['a prototype of the page', 'Array.prototype.at ??= function () {}'],
  ['a deleted global', 'delete window.x'],
  ['a global counter', 'window.x++'],
  ['a new object that nobody keeps', 'import { A } from "./a.js"; new A()'],
  ['a loop', 'for (const a of [1]) document.write(a)'],
  ['a try', 'try { localStorage.setItem("a", "b") } catch {}'],
  ['a throw', 'if (!window.x) throw new Error("x")'],
  ['a template', 'import { css } from "./css.js"; css`body {}`'],
])('%s has effects', (_, code) => {
  expect(effectsOf(code)).toEqual({ effects: true, awaits: false })
})

test('an await has effects, but not one inside an async function', () => {
  expect(effectsOf('const a = await fetch("/x")')).toEqual({ effects: true, awaits: true })
  expect(effectsOf('for await (const a of b()) {}').awaits).toBe(true)
  expect(effectsOf('const a = (async () => { await fetch("/x") })()').awaits).toBe(false)
})

test('the exports object of the same CommonJS module is its own', () => {
  const code = 'import { e } from "./exports.js"; (function (x) { x.a = 1 })(e); e.b = 2'
  expect(effectsOf(code, { own: ['e'] }).effects).toBe(false)
})

test('a helper of the bundler changes nothing but what it is given', () => {
  const code = 'import { n } from "./runtime.js"; function A() {} n(A, "A")'
  expect(effectsOf(code, { helpers: ['n'] }).effects).toBe(false)
  expect(effectsOf('import { n } from "./runtime.js"; n(window, "A")', { helpers: ['n'] }).effects).toBe(true)
})
