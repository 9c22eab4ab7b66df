import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { matrixApps } from './apps.ts'
import { appTable } from './lib/app-table.ts'

const folder = fileURLToPath(new URL('apps/', import.meta.url))
const guide = new URL('../docs/any-app.md', import.meta.url)

test('the guide has the table of the apps that are tested', () => {
  expect(readFileSync(guide, 'utf8')).toContain(appTable(matrixApps, folder))
})

test('every folder of an app is in the matrix, and the other way round', () => {
  expect(readdirSync(folder).toSorted()).toEqual(matrixApps.map(({ name }) => name).toSorted())
})

test('no app of the matrix brings modules or an output along', () => {
  // What lies there is copied: a test would judge yesterday's build.
  const left = matrixApps.flatMap(({ name }) =>
    ['node_modules', 'dist', 'build', '.paceline'].filter((dir) => existsSync(`${folder}${name}/${dir}`)),
  )
  expect(left).toEqual([])
})
