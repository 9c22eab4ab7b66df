import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { sourceImports } from './source-imports.ts'

test('sourceImports reads statements of TypeScript with their lines, without types', async () => {
  const root = await writeFixture({
    'a.tsx': [
      "import type { Props } from './types'",
      'import React, {',
      "  useState } from 'react'",
      "export { x } from './x'",
      'const A = () => <b>{1}</b>',
      "const B = lazy(() => import('./b'))",
    ].join('\n'),
  })
  expect(await sourceImports(join(root, 'a.tsx'))).toEqual([
    { specifier: 'react', line: 2, kind: 'static' },
    { specifier: './x', line: 4, kind: 'static' },
    { specifier: './b', line: 6, kind: 'dynamic' },
  ])
})

test('sourceImports knows globs, and templates as such', async () => {
  const root = await writeFixture({
    'a.ts': [
      "const lazy = import.meta.glob<Page>('./pages/*.ts')",
      'const eager = import.meta.glob(',
      "  ['./eager/*.ts', '!./eager/not.ts', '/src/*.ts'],",
      '  { eager: true, import: `default` },',
      ')',
      "document.onclick = (e) => import(`./dyn/${e.type === 'x' ? 'a' : 'b'}.ts`)",
    ].join('\n'),
    'a.svelte': "<script>\nconst pages = import.meta.glob('./*.svelte')\n</script>",
  })
  expect(await sourceImports(join(root, 'a.ts'))).toEqual([
    { specifier: './pages/*.ts', line: 1, kind: 'dynamic', glob: true },
    { specifier: './eager/*.ts', line: 2, kind: 'static', glob: true },
    { specifier: '/src/*.ts', line: 2, kind: 'static', glob: true },
    { specifier: './dyn/*.ts', line: 6, kind: 'dynamic', glob: true },
  ])
  expect(await sourceImports(join(root, 'a.svelte'))).toEqual([
    { specifier: './*.svelte', line: 2, kind: 'dynamic', glob: true },
  ])
})

test('sourceImports searches single-file components', async () => {
  const root = await writeFixture({
    'a.vue': '<script setup>\nimport Card from "./card.vue"\nconst B = () => import("./b.vue")\n</script>\n<template/>',
  })
  expect(await sourceImports(join(root, 'a.vue'))).toEqual([
    { specifier: './card.vue', line: 2, kind: 'static' },
    { specifier: './b.vue', line: 3, kind: 'dynamic' },
  ])
})

test('sourceImports knows none of a file that is gone', async () => {
  expect(await sourceImports('/nowhere/a.ts')).toEqual([])
})
