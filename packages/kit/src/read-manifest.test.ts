import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readManifest } from './read-manifest.ts'

test.each([
  ['is what package.json says', '{ "name": "app" }', { name: 'app' }],
  ['is nothing when the file was cut off', '{ "name": "a', undefined],
  ['is nothing when the file holds no object', 'null', undefined],
  ['is nothing when there is no file', undefined, undefined],
])('the manifest of a directory %s', async (_, text, manifest) => {
  const directory = await mkdtemp(join(tmpdir(), 'paceline-manifest-'))
  if (text !== undefined) await writeFile(join(directory, 'package.json'), text)
  expect(readManifest(directory)).toEqual(manifest)
})
