import { parseAst } from 'vite'
import { describe, expect, it } from 'vitest'
import { rewriteImports, staticSpecifiers, type Rewrite } from './rewrite-imports.ts'

const rewrite = (code: string, how: Rewrite['how'], names: readonly string[] = []): string | undefined =>
  rewriteImports(code, parseAst(code).body, new Map([['x', { how, names }]]))?.toString()

describe('rewriteImports', () => {
  it.each([
    ["import 'x'", 'import("x");'],
    ["import a from 'x'", 'const a = () => import("x").then((m) => m.default);'],
    [
      "import a, { b as c } from 'x'",
      'const a = () => import("x").then((m) => m.default); const c = () => import("x").then((m) => m["b"]);',
    ],
    ["import * as x from 'x'", 'const x = () => import("x");'],
    [
      "export { a as b } from 'x'",
      'const paceline_lazy_0_0 = () => import("x").then((m) => m["a"]); export { paceline_lazy_0_0 as b };',
    ],
    ["export * as all from 'x'", 'const paceline_lazy_0_0 = () => import("x"); export { paceline_lazy_0_0 as all };'],
    [
      "export * from 'x'",
      'const paceline_lazy_0_0 = () => import("x").then((m) => m["one"]); export { paceline_lazy_0_0 as one };',
    ],
  ])('makes %s lazy', (code, expected) => {
    const made = rewrite(code, 'lazy', ['one'])!
    expect(made).toBe(expected)
    parseAst(made)
  })

  it.each([
    ["import 'x'", ';'],
    ["import a, { b as c } from 'x'", 'import { stub as a, stub as c } from "virtual:paceline/stub";'],
    ["import * as x from 'x'", 'import { stub as x } from "virtual:paceline/stub";'],
    [
      "export { a as 'b c', default } from 'x'",
      'export { stub as "b c", stub as default } from "virtual:paceline/stub";',
    ],
    ["export * from 'x'", 'export { stub as one } from "virtual:paceline/stub";'],
  ])('takes the content from %s', (code, expected) => {
    const made = rewrite(code, 'stub', ['one'])!
    expect(made).toBe(expected)
    parseAst(made)
  })

  it('leaves everything else as it is', () => {
    const code = "import y from 'y'\nimport a from 'x'\nexport const b = () => import('x')\n"
    expect(rewrite(code, 'stub')).toBe(
      code.replace("import a from 'x'", 'import { stub as a } from "virtual:paceline/stub";'),
    )
    expect(rewrite("import y from 'y'", 'stub')).toBeUndefined()
    expect(staticSpecifiers(parseAst(`${code}export { z } from 'y'`).body)).toEqual(['y', 'x'])
  })
})
