import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { inNestedOutput } from './nested-outputs.ts'

const root = resolve('/app')
const config = (client: string, ssr: string): Parameters<typeof inNestedOutput>[0] => ({
  root,
  environments: { client: { build: { outDir: client } }, ssr: { build: { outDir: ssr } } },
})

test.each([
  ['dist', 'dist/server', 'dist/server/entry.js', true],
  ['dist', 'dist/server', 'dist/server.js', false],
  ['dist', 'dist/server', 'dist/assets/a.js', false],
  ['dist/client', 'dist/server', 'dist/client/a.js', false],
  ['dist', 'dist', 'dist/a.js', false],
])('client in %s, server in %s: %s belongs to the server: %s', (client, ssr, file, expected) => {
  expect(inNestedOutput(config(client, ssr), 'client')(resolve(root, file))).toBe(expected)
})
