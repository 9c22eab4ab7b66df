import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { moduleEffects, type ModuleEffects } from './effects.ts'

interface Names {
  readonly own?: string[]
  readonly helpers?: string[]
  readonly commonJs?: boolean
  readonly modules?: Record<string, string>
}

function effectsOf(code: string, { own, helpers, commonJs = false, modules = {} }: Names = {}): ModuleEffects {
  const imported = { own: new Set(own), helpers: new Set(helpers), commonJs, modules: new Map(Object.entries(modules)) }
  return moduleEffects(
    parseSync('module.js', code, { preserveParens: false }).program as unknown as SyntaxNode,
    imported,
    code,
  )
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
  ['an element of its own', 'const a = document.createElement("a"); a.href = "/"'],
  ['its own list', 'const l = []; l.push(1); const s = new Set(); s.add(2)'],
  ['a branch that changes only its own', 'let a; if (typeof window < "u") { a = window.x } else a = 2'],
  ['its own counter', 'let a = 0; a++; a += 2'],
  [
    'a helper of its own',
    'var d = Object.defineProperty, n = (f, v) => d(f, "name", { value: v }); function A() {} n(A, "A")',
  ],
  ['a function of its own that fills its own list', 'const l = []; function add(x) { l.push(x) } add(1); add(2)'],
  [
    'a method of a list that nobody keeps',
    'import { a } from "./a.js"; ["a", a].join("+"); "b".concat("c"); `${a}`.trim()',
  ],
  ['a directive', '"use strict"'],
  ['a lazy import in a function', 'const load = () => import("./x.js")'],
])('%s has no effects', (_, code) => {
  expect(effectsOf(code)).toMatchObject({ effects: false, awaits: false, calls: new Set(), requires: new Set() })
})

test.each([
  ['a call', 'import { f } from "./f.js"; f(1)'],
  ['a minified call', 'import{f}from"./f.js";var a=1;a,f(1)'],
  ['a conditional call', 'import { f } from "./f.js"; const a = 1; a && f(1)'],
  ['a call in a branch', 'if (window.x) console.log(1)'],
  ['a global', 'window.x = 1'],
  ['a global in an initialiser', 'const a = (window.x = 1)'],
  ['a member of something imported', 'import { a } from "./a.js"; a.x = 1'],
  ['a member of an alias', 'const d = document; d.title = "x"'],
  ['a member of an alias by destructuring', 'const { body } = document; body.id = "x"'],
  ['an alias that came later', 'let d = {}; d = document; d.title = "x"'],
  ['a member of an element of the page', 'document.querySelector("main").textContent = "x"'],
  ['a member of an element of the page that it named', 'const main = document.body.querySelector("a"); main.id = "x"'],
  ['an undeclared name', 'x = 1'],
  ['a function that is called at once', '(function () { window.x = 1 })()'],
  ['a call in a function that is called at once', '(() => { setTimeout(() => {}) })()'],
  ['a parameter that is the window', '(function (w) { w.x = 1 })(window)'],
  ['the exports of another module', 'import { e } from "./exports.js"; (function (x) { x.a = 1 })(e)'],
  ['a prototype of the page', 'Array.prototype.at ??= function () {}'],
  ['a deleted global', 'delete window.x'],
  ['a global counter', 'window.x++'],
  ['a new object that nobody keeps', 'import { A } from "./a.js"; new A()'],
  ['a function of its own that is called', 'function start() { document.title = "x" } start()'],
  ['a function of its own that calls itself', 'function f(n) { if (n) f(n - 1); window.n = n } f(2)'],
  ['a helper of its own on something global', 'const n = (f) => Object.defineProperty(f, "x", {}); n(window)'],
  ['a method of a list that calls something', 'import { f } from "./f.js"; ["a"].forEach(f)'],
  ['a method of a list that calls its own', '[window].forEach((w) => { w.x = 1 })'],
  ['a loop', 'for (const a of [1]) document.write(a)'],
  ['a try', 'try { localStorage.setItem("a", "b") } catch {}'],
  ['a throw', 'if (!window.x) throw new Error("x")'],
  ['a template', 'import { css } from "./css.js"; css`body {}`'],
])('%s has effects', (_, code) => {
  expect(effectsOf(code)).toMatchObject({ effects: true, awaits: false })
})

test('an await has effects, but not one inside an async function', () => {
  expect(effectsOf('const a = await fetch("/x")')).toMatchObject({ effects: true, awaits: true })
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

test('a CommonJS module has the effects of its body when it is required, none when its chunk runs', () => {
  const names = { helpers: ['t'], modules: { r: '/r.js' } }
  const quiet = effectsOf('var n = t((e, m) => { var a = r(); e.x = 1; m.exports = a }); export { n }', names)
  const required = { effects: false, calls: new Set(), requires: new Set(['/r.js']) }
  expect(quiet).toMatchObject({ effects: false, wrapped: required })
  const loud = effectsOf('var n = t({ "x.js"(e, m) { r(); window.x = 1 } }); export { n }', names)
  expect(loud).toMatchObject({ effects: false, wrapped: { effects: true, calls: new Set(['/r.js']) } })
})

test('a CommonJS module that is only run is told by its id', () => {
  const { effects, calls } = effectsOf('import { n } from "./r.js"; n()', { modules: { n: '/r.js' } })
  expect({ effects, calls }).toEqual({ effects: false, calls: new Set(['/r.js']) })
})

test.each([
  ['a value', 'import { n } from "./r.js"; var a = t(n(), 1)'],
  ['a property', 'import { n } from "./r.js"; const a = { b: [n()] }'],
  ['an argument', 'import { n } from "./r.js"; new Map(n()).get(1)'],
])('a CommonJS module that is required for %s is told by its id, too', (_, code) => {
  expect(effectsOf(code, { modules: { n: '/r.js' } }).requires).toEqual(new Set(['/r.js']))
})

test('what a function requires is required later', () => {
  const code = 'import { n } from "./r.js"; const a = () => n(); class B { c = n() }'
  expect(effectsOf(code, { modules: { n: '/r.js' } }).requires).toEqual(new Set())
})

test.each([
  ['as Rollup writes it', 'var h; function r() { if (h) return x; h = 1; BODY; return x }'],
  ['minified', 'var h; function r() { return h ? x : (h = 1, BODY, x) }'],
  ['minified with module.exports', 'var h; function r() { return h || (h = 1, BODY), x.exports }'],
])('a CommonJS module %s has the effects of its body when it is required', (_, code) => {
  const run = (body: string): ModuleEffects => effectsOf(code.replace('BODY', body), { commonJs: true })
  expect(run('x.a = 1')).toMatchObject({ effects: false, wrapped: { effects: false } })
  expect(run('window.a = 1')).toMatchObject({ effects: false, wrapped: { effects: true } })
})

test.each([
  ['a call of something imported', 'import { connect } from "./connect.js"; const a = connect("chat")'],
  ['a call of a function of its own', 'const make = () => fetch("/"); const a = make()'],
  ['a method of something imported', 'import { app } from "./app.js"; const a = app.route("/")'],
  ['a new object', 'import { Socket } from "./socket.js"; const a = { b: [new Socket()] }'],
  ['a template', 'import { css } from "./css.js"; const a = css`body {}`'],
  ['a static member', 'import { make } from "./make.js"; class A { static a = make() }'],
  ['a function that is called at once', 'import { make } from "./make.js"; const a = (() => make())()'],
])('%s in an initialiser starts something', (_, code) => {
  expect(effectsOf(code)).toMatchObject({ effects: false, starts: true })
})

test.each([
  ['plain data', 'const a = { b: [1, "c"], d: `e${1}` }'],
  ['functions and classes', 'import { f } from "./f.js"; const a = () => f(); class B { c = f(); static d() { f() } }'],
  ['what the language has', 'const a = Object.freeze({}), b = new Map(), c = Symbol("c"), d = Math.max(1, 2)'],
  ['methods of what was just written', 'const a = ["b", "c"].map((d) => d + 1).join("+"), e = "f g".split(" ")'],
  [
    'factories of components',
    'import { r } from "./react.js"; const a = (0, r.memo)(r.forwardRef(() => 1)), b = r.createContext()',
  ],
  [
    'a call or a new object that is marked as pure',
    'import { f, A } from "./ä.js"; const a = "ö" + /* @__PURE__ */ f(), b = /*#__PURE__*/\n new A(), c = /* @__PURE__ */ f.g(a).h()',
  ],
])('%s in an initialiser starts nothing', (_, code) => {
  expect(effectsOf(code).starts).toBe(false)
})

test('what is called where a module stands is told by the name that it begins with', () => {
  const code = 'const a = b.c.d(e()).f(), g = new h.I(), j = () => k(), l = Object.freeze({}); m(); (n?.o)()'
  expect(effectsOf(code).asks).toEqual(new Set(['e', 'b', 'h', 'm', 'n']))
})

test('what a call that is marked as pure is given is called all the same', () => {
  const code = 'const a = /* @__PURE__ */ f(g()), b = /* @__PURE__ */ h, c = i() /* @__PURE__ */'
  expect(effectsOf(code).asks).toEqual(new Set(['g', 'i']))
})

test('CommonJS and helpers of the bundler start nothing by themselves', () => {
  const names = { helpers: ['t'], modules: { r: '/r.js' } }
  expect(effectsOf('const a = t(r(), 1)', names).starts).toBe(false)
})
