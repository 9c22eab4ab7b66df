import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { budgets, type BudgetsOptions } from '@paceline/budgets'
import { buildGraph } from '@paceline/build-graph'
import { expect, test as base, type Page } from '@playwright/test'
import { runBuild, type FixtureFiles } from '@paceline/testkit'
import { vitals, type VitalsOptions } from '@paceline/vitals'
import { withApp } from '../temporary-app.ts'
import { collectBeacons, type CollectingSite } from './collecting-site.ts'
import { measuredApp } from './measured-app.ts'

interface Fixtures {
  vitalsOptions: VitalsOptions
  files: FixtureFiles
  /** Without them there are none. */
  budgetsOptions: BudgetsOptions | undefined
  site: CollectingSite
}

const installed = createRequire(createRequire(import.meta.url).resolve('@paceline/vitals/package.json'))
const file = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const folder = (name: string): string => dirname(installed.resolve(`${name}/package.json`))

/** The app lies in a folder of its own, where nothing is installed. */
const alias = [
  {
    find: 'web-vitals/attribution',
    replacement: installed.resolve('web-vitals/attribution').replace('.umd.cjs', '.js'),
  },
  { find: '@paceline/vitals/react', replacement: file('packages/vitals/client/react/index.ts') },
  { find: /^(react|react-dom)(?=$|\/)/, replacement: `${dirname(folder('react'))}/$1` },
]

/** A site of its own for every test: the measured app, built, and an endpoint that remembers. */
export const test = base.extend<Fixtures>({
  vitalsOptions: [{ routes: ['/', '/notes/:id'], api: ['/api/notes/:id', '/api/missing/:id'] }, { option: true }],
  files: [measuredApp, { option: true }],
  budgetsOptions: [undefined, { option: true }],
  site: async ({ vitalsOptions, files, budgetsOptions }, use) => {
    await withApp(files, async (root) => {
      await runBuild({
        vite: 8,
        root,
        plugins: [vitals(vitalsOptions), buildGraph(), ...(budgetsOptions ? [budgets(budgetsOptions)] : [])],
        config: {
          resolve: { alias },
          build: {
            modulePreload: { polyfill: false },
            rollupOptions: { input: [join(root, 'index.html'), join(root, 'away.html')] },
          },
        },
      })
      const site = await collectBeacons(root)
      await use(site)
      await site.close()
    })
  },
})

export { expect }

/** Opens a page and waits until it has said that it is there. */
export async function openMeasured(page: Page, site: CollectingSite, path = '/'): Promise<string> {
  const known = new Set(site.pages().keys())
  await page.goto(site.url + path)
  await expect.poll(() => [...site.pages().keys()].filter((id) => !known.has(id))).toHaveLength(1)
  return [...site.pages().keys()].find((id) => !known.has(id))!
}

/** Errors of the page, whatever they came from. */
export function errorsOf(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  return errors
}
