import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildGraph } from '@paceline/build-graph'
import { chunks, type ChunksOptions } from '@paceline/chunks'
import { expect, test } from '@playwright/test'
import { runBuild, type ViteVersion } from '@paceline/testkit'
import react from '@vitejs/plugin-react'
import { mergeConfig, type InlineConfig, type Plugin, type PluginOption } from 'vite'
import { buildRecorded, recordable } from '../../support/chunks/build-recorded.ts'
import { expectSameRun, type KnownModules } from '../../support/chunks/expect-same-order.ts'
import { servePlayground } from '../../support/chunks/serve-playground.ts'
import type { Site } from '../../support/serve-site.ts'
import { visitRecorded, type RecordedVisit } from '../../support/chunks/visit-recorded.ts'
import { addressOf, paths } from '../../support/playground-routes.ts'

const root = fileURLToPath(new URL('../../../playground', import.meta.url))
/** The marks of a recorded build are no drift. */
const NO_DRIFT = { drift: '1000%' }
/** The page stands when nothing is loading any more. */
const STANDS = "document.querySelector('main, [role=main], h1') !== null && !document.querySelector('[aria-busy=true]')"

/** The plan that is in git, with the options of the playground, and one that nothing but the routes has shaped. */
const plans: Readonly<Record<string, (vite: ViteVersion) => Promise<ChunksOptions>>> = {
  'the plan in git': async () => {
    const file = new URL('../../../playground/build/chunk-options.ts', import.meta.url)
    const { chunkOptions } = (await import(file.href)) as { chunkOptions: ChunksOptions }
    return { ...chunkOptions, ...NO_DRIFT }
  },
  'a new plan': async (vite) => ({ strategy: 'planned', plan: join(dir, `plan-${vite}.json`), ...NO_DRIFT }),
}

/**
 * Vite 7, whose builds take several times as long, on one route of each kind: the shell alone, what the shell asks for besides, a lazy
 * part of a lazy page, layouts in each other, WebAssembly. `PACELINE_E2E_ALL=1` takes all routes, and a new plan.
 */
const isAll = process.env['PACELINE_E2E_ALL'] === '1'
const onVite7 = ['/', '/dashboard', '/notes/:noteId', '/settings/exports', '/darkroom']

const compared = [
  { vite: 8, name: 'the plan in git', visited: paths },
  { vite: 8, name: 'a new plan', visited: paths },
  { vite: 7, name: 'the plan in git', visited: isAll ? paths : onVite7 },
  ...(isAll ? [{ vite: 7, name: 'a new plan', visited: paths } as const] : []),
] as const

interface BareBuild {
  readonly site: Site
  readonly known: KnownModules
  /** By path: what a page runs without a plan is the same beside each of them. */
  readonly visits: Map<string, RecordedVisit>
}

let dir: string
const bareBuilds = new Map<ViteVersion, BareBuild>()

test.beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'paceline-order-'))
})

test.afterAll(async () => {
  for (const { site } of bareBuilds.values()) await site.close()
  await rm(dir, { recursive: true, force: true })
})

// The builds are made once, for all pages.
test.describe.configure({ mode: 'default' })

for (const { vite, name, visited } of compared) {
  test.describe(`Vite ${vite}, ${name}`, () => {
    let bare: BareBuild
    let planned: Site

    test.beforeAll(async () => {
      test.setTimeout(240_000)
      bare = await bareBuild(vite)
      const options = await plans[name]!(vite)
      if (options.plan === undefined) expect(existsSync(join(root, 'paceline.chunks.json'))).toBe(true)
      // Marks would be effects: a plan is made without them.
      else
        await runBuild({
          vite,
          root,
          plugins: pluginsOf(vite, options),
          config: mergeConfig(recordable, config('plan')),
        })
      await buildRecorded(vite, root, pluginsOf(vite, options), config('planned'))
      planned = await servePlayground(join(dir, 'planned'))
    })

    test.afterAll(async () => {
      await planned?.close()
    })

    test('knows modules that others notice', () => {
      expect(bare.known.noticed.size).toBeGreaterThan(2)
    })

    for (const path of visited) {
      test(`${path} runs what it runs without a plan, in the same order`, async ({ browser, request }) => {
        const address = await addressOf(path, async (list) => (await request.get(bare.site.url + list)).json())
        const visit = (site: Site): Promise<RecordedVisit> =>
          visitRecorded(browser, site.url + address, { ready: STANDS })
        const [before, now] = await Promise.all([bare.visits.get(path) ?? visit(bare.site), visit(planned)])
        bare.visits.set(path, before)
        expect(before.ran.length).toBeGreaterThan(100)
        expectSameRun(now, before, bare.known)
      })
    }
  })
}

/** The playground without a plan, built once for each Vite. */
async function bareBuild(vite: ViteVersion): Promise<BareBuild> {
  const made = bareBuilds.get(vite)
  if (made !== undefined) return made
  const outDir = `bare-${vite}`
  const { known } = await buildRecorded(vite, root, pluginsOf(vite), config(outDir))
  const bare: BareBuild = { site: await servePlayground(join(dir, outDir)), known, visits: new Map() }
  bareBuilds.set(vite, bare)
  return bare
}

function config(outDir: string): InlineConfig {
  return {
    build: { outDir: join(dir, outDir), assetsInlineLimit: (file) => (file.endsWith('.wasm') ? false : undefined) },
  }
}

/** The pictures of the playground as they are: what is looked at here is scripts. */
async function plainPictures(): Promise<Plugin> {
  const file = new URL('../../../playground/build/plain-pictures.ts', import.meta.url)
  const { plainPictures: plugin } = (await import(file.href)) as { plainPictures: () => Plugin }
  return plugin()
}

/** A font that may come too late for a page has sizes of its own: two visits would differ by the time it took. */
function fontsOfTheMachine(): Plugin {
  return {
    name: 'playground-order:fonts-of-the-machine',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('.css') ? code.replaceAll(/@font-face\s*\{[^}]*\burl\([^}]*\}/g, '') : undefined
    },
  }
}

/** The plugin for React is for Vite 8 only; that of Vite 7 needs none for JSX. Reports lie elsewhere: other tests read those of the real build. */
function pluginsOf(vite: ViteVersion, options?: ChunksOptions): PluginOption {
  const own = [vite === 8 ? react() : jsxByEsbuild(), plainPictures(), fontsOfTheMachine()]
  return options === undefined ? own : [own, buildGraph({ dir: join(dir, 'report') }), chunks(options)]
}

function jsxByEsbuild(): Plugin {
  return { name: 'jsx-by-esbuild', config: () => ({ esbuild: { jsx: 'automatic' } }) }
}
