import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { withPostcssPlugin } from './with-postcss-plugin.ts'

const own = { postcssPlugin: 'own' }
const config = 'module.exports = { map: false, plugins: [{ postcssPlugin: "theirs" }] }'
const names = (plugins: readonly unknown[] = []): unknown[] =>
  plugins.map((plugin) => (plugin as { postcssPlugin: string }).postcssPlugin)

describe('the PostCSS config of an app', () => {
  test.each([
    ['postcss.config.cjs in its root', { 'app/postcss.config.cjs': config }],
    ['.postcssrc.cjs in its root', { 'app/.postcssrc.cjs': config }],
    ['postcss.config.cjs in the root of its workspace', { 'postcss.config.cjs': config }],
  ])('is found as %s', async (_, files) => {
    const dir = await writeFixture({ 'pnpm-workspace.yaml': '', 'app/package.json': '{}', ...files })
    const found = await withPostcssPlugin(undefined, join(dir, 'app'), own)
    expect(names(found.plugins)).toEqual(['theirs', 'own'])
    expect(found).toMatchObject({ map: false })
  })

  test('is found in package.json, and without an ending', async () => {
    const inPackage = await writeFixture({ 'package.json': '{ "workspaces": [], "postcss": { "map": false } }' })
    expect(await withPostcssPlugin(undefined, inPackage, own)).toMatchObject({ map: false, plugins: [own] })
    const bare = await writeFixture({ 'package.json': '{ "workspaces": [] }', '.postcssrc': '{ "map": false }' })
    expect(await withPostcssPlugin(undefined, bare, own)).toMatchObject({ map: false, plugins: [own] })
  })

  test('is none, and then there is nothing beside the own plugin', async () => {
    const dir = await writeFixture({ 'package.json': '{ "workspaces": [] }' })
    expect(await withPostcssPlugin(undefined, dir, own)).toEqual({ plugins: [own] })
  })

  test('fails as it does without us', async () => {
    const dir = await writeFixture({
      'package.json': '{ "workspaces": [] }',
      'postcss.config.cjs': 'throw new Error("theirs")',
    })
    await expect(withPostcssPlugin(undefined, dir, own)).rejects.toThrow('theirs')
  })

  test('is looked for where the user says', async () => {
    const dir = await writeFixture({ 'package.json': '{ "workspaces": [] }', 'styles/postcss.config.cjs': config })
    const found = await withPostcssPlugin(join(dir, 'styles'), dir, own)
    expect(names(found.plugins)).toEqual(['theirs', 'own'])
  })

  test('stands in the options already', async () => {
    const dir = await writeFixture({ 'postcss.config.cjs': config })
    expect(await withPostcssPlugin({ plugins: [] }, dir, own)).toEqual({ plugins: [own] })
  })
})
