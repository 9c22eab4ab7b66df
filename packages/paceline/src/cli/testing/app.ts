import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { BudgetsOptions } from '@paceline/budgets'
import { loadVite, smallApp, viteBin, writeFiles, writeFixture } from '@paceline/testkit'
import type { ViteVersion } from '@paceline/testkit'

export interface TestApp {
  readonly vite?: ViteVersion
  readonly budgets?: BudgetsOptions | false
  /** Directory of the app in its repository. */
  readonly directory?: string
}

const heavy = Array.from({ length: 600 }, (_, n) => `${(n * 7919) % 1000}/${(n * 104_729) % 9973}`)

/** Puts our own packages into an app's `node_modules`, for its config to import. */
export async function linkOwn(root: string, ...names: readonly string[]): Promise<void> {
  await mkdir(join(root, 'node_modules/@paceline'), { recursive: true })
  for (const name of names) {
    const directory = dirname(createRequire(import.meta.url).resolve(`@paceline/${name}/package.json`))
    await symlink(directory, join(root, 'node_modules/@paceline', name))
  }
}

/** A package of some kilobytes, installed but not imported. */
const heavyPackage = {
  'node_modules/heavy/package.json': '{"name":"heavy","version":"2.30.1","type":"module","main":"index.js"}',
  'node_modules/heavy/index.js': `export const data = ${JSON.stringify(heavy)}.filter(() => Math.random() > 0)\n`,
}

/** Makes the small app with a Vite config that has `paceline()`. Gives the app's directory. */
export async function writeApp({ vite = 8, budgets, directory = '.' }: TestApp = {}): Promise<string> {
  const top = await writeFixture({ '.gitignore': 'node_modules/\ndist/\n.paceline/\n' })
  const root = join(top, directory)
  await writeFiles(root, { ...smallApp, ...heavyPackage, 'vite.config.js': configText(budgets) })
  const paceline = dirname(createRequire(import.meta.url).resolve('paceline/package.json'))
  await symlink(paceline, join(root, 'node_modules/paceline'))
  await symlink(dirname(dirname(viteBin(vite))), join(root, 'node_modules/vite'))
  return root
}

export function configText(budgets: BudgetsOptions | false | undefined): string {
  // Without budgets and without rules there is nothing to judge.
  const options =
    budgets === undefined ? '' : JSON.stringify({ budgets, ...(budgets === false ? { chunks: false } : {}) })
  return `import { paceline } from 'paceline'\nexport default { plugins: [paceline(${options})] }\n`
}

/** Imports the heavy package on line 3 of an eager module. */
export async function importHeavy(root: string): Promise<void> {
  const text = "// Greetings.\n\nimport { data } from 'heavy'\nexport const greet = (name) => name + data.length\n"
  await writeFile(join(root, 'src/greet.js'), text)
}

/** `vite build`; an overrun budget does not fail the test. */
export async function buildApp(root: string, vite: ViteVersion = 8): Promise<void> {
  const { build } = await loadVite(vite)
  await build({ root, logLevel: 'silent' }).catch((error: unknown) => {
    if (!String(error).includes('paceline')) throw error
  })
}
