import { join } from 'node:path'
import { buildGraph, readCharTable } from '@paceline/build-graph'
import type { FindTable } from '@paceline/lab'
import type { FixtureFiles } from '@paceline/testkit'
import { build } from 'vite'
import { withApp } from '../temporary-app.ts'

/** Turns of the loop in the module that gets slower, as it is: enough to be counted. */
const TURNS = 4000

export interface PlantedBuild {
  readonly dist: string
  readonly findTable: FindTable
}

/**
 * Sources of a small app of three modules, one of which works `factor` times as much.
 *
 * @param turns of its loop; to be seen in CPU times it needs millions
 */
export function plantedFiles(factor: number, turns: number = TURNS): FixtureFiles {
  return {
    'package.json': JSON.stringify({ name: 'planted', private: true, type: 'module' }),
    'index.html':
      '<!doctype html><html lang="en"><head><title>Planted</title><link rel="icon" href="data:,"></head><body><h1>Planted</h1><script type="module" src="/src/main.js"></script></body></html>',
    'src/main.js':
      "import { list } from './list.js'\nimport { sum } from './editor.js'\ndocument.body.append(list(300), sum())\n",
    'src/list.js':
      "export function list(n) {\n  const ul = document.createElement('ul')\n  for (let i = 0; i < n; i++) ul.append(Object.assign(document.createElement('li'), { textContent: `row ${i * i}` }))\n  return ul\n}\n",
    'src/editor.js': `export function sum() {\n  let total = 0\n  for (let i = 0; i < ${Math.round(turns * factor)}; i++) total += Math.hypot(i, total % 7)\n  return String(total)\n}\n`,
  }
}

/**
 * Builds {@link plantedFiles}.
 *
 * @param use is given the build, which is gone afterwards
 */
export async function withPlanted<Result>(
  factor: number,
  use: (built: PlantedBuild) => Promise<Result>,
  turns?: number,
): Promise<Result> {
  return withBuilt(plantedFiles(factor, turns), use)
}

/** Builds an app with what tells its modules; it is gone afterwards. */
export async function withBuilt<Result>(
  files: FixtureFiles,
  use: (built: PlantedBuild) => Promise<Result>,
): Promise<Result> {
  return withApp(files, async (root) => {
    await build({ root, configFile: false, logLevel: 'silent', plugins: buildGraph() })
    const dir = join(root, '.paceline')
    return use({ dist: join(root, 'dist'), findTable: (hash) => readCharTable(dir, hash) })
  })
}
