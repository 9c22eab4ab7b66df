import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { readPlan } from '@paceline/chunks'
import { commitAll, writeFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { buildApp, linkOwn, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'
import type { PlanLoad } from './compare-plans.ts'
import type { PlanAnswer } from './make-plan.ts'

const big = Array.from({ length: 900 }, (_, n) => `${(n * 7919) % 1000}/${(n * 104_729) % 9973}`)
/** All of it is needed at once; `later` is what the app is when one part is needed by a lazy page alone. */
const now = {
  'src/main.js': "import { big } from './big.js'\nimport './about.js'\nconsole.log(big, () => import('./lazy.js'))\n",
  'src/big.js': `export const big = ${JSON.stringify(big)}.filter(() => Math.random() > 0)\n`,
  'src/lazy.js': "console.log('lazy')\n",
}
const later = {
  'src/main.js': "import './about.js'\nconsole.log(() => import('./lazy.js'))\n",
  'src/lazy.js': "import { big } from './big.js'\nconsole.log('lazy', big)\n",
}

/** The small app, planned. */
async function plannedApp(vite: 7 | 8, options: object = {}): Promise<string> {
  const root = await writeApp({ vite })
  await linkOwn(root, 'chunks')
  await writeFiles(root, now)
  await configure(root, options)
  return root
}

async function configure(root: string, options: object): Promise<void> {
  const written = JSON.stringify({ strategy: 'planned', ...options })
  const text = `import { chunks } from '@paceline/chunks'\nexport default { plugins: [chunks(${written})] }\n`
  await writeFile(join(root, 'vite.config.js'), text)
}

type Json = PlanAnswer & { readonly verdict: string }

const plan = async (root: string, ...argv: string[]): Promise<{ code: number; json: Json }> => {
  const { code, out } = await runIn(root, 'chunks', 'plan', '--json', ...argv)
  return { code, json: JSON.parse(out) as Json }
}

describe.each([7, 8] as const)('paceline chunks plan, on Vite %d', (vite) => {
  const builtRoutes = async (root: string): Promise<[string, PlanLoad][]> => {
    await buildApp(root, vite)
    const { routes } = await readReport(join(root, '.paceline/report.json'))
    return routes.map(({ id, firstLoad }) => {
      const { brotli, requests } = firstLoad.byKind.js!
      return [id, { bytes: brotli, requests }]
    })
  }

  it('writes the plan that a build then follows, once, with the figures of that build and of one without it', async () => {
    const root = await plannedApp(vite)
    const file = join(root, 'paceline.chunks.json')
    expect(await plan(root, '--check')).toMatchObject({
      code: 1,
      json: { verdict: 'broken', state: 'new', written: false },
    })
    expect(existsSync(file)).toBe(false)
    const first = await plan(root)
    expect(first).toMatchObject({ code: 0, json: { verdict: 'holds', state: 'new', written: true, followed: true } })
    const text = await readFile(file, 'utf8')
    expect((await readPlan(file))!.chunks).toHaveLength(first.json.chunks)
    expect(await plan(root)).toMatchObject({ code: 0, json: { state: 'current', written: false } })
    expect(await readFile(file, 'utf8')).toBe(text)

    const stored = (await readPlan(file))!.routes
    for (const [id, load] of await builtRoutes(root)) {
      expect(first.json.routes.find((route) => route.id === id)!.planned).toEqual(load)
      expect(stored[id]).toEqual(load)
    }
    await configure(root, { strategy: 'default' })
    for (const [id, load] of await builtRoutes(root)) {
      expect(first.json.routes.find((route) => route.id === id)!.default).toEqual(load)
    }
  })

  it('is out of date under other options, says which, and makes it anew', async () => {
    const root = await plannedApp(vite)
    await plan(root)
    await configure(root, { returning: 0.9 })
    const text = await readFile(join(root, 'paceline.chunks.json'), 'utf8')
    const stale = await runIn(root, 'chunks', 'plan', '--check')
    expect(stale.code).toBe(1)
    expect(stale.out).toMatch(/✗ paceline\.chunks\.json is out of date: [^\n]*chunks\.returning/)
    expect(await readFile(join(root, 'paceline.chunks.json'), 'utf8')).toBe(text)
    const anew = await runIn(root, 'chunks', 'plan')
    expect([anew.code, anew.out]).toEqual([0, expect.stringContaining('wrote paceline.chunks.json')])
    expect(await plan(root, '--check')).toMatchObject({ code: 0, json: { state: 'current', changed: [] } })
  })

  it('follows a module that became lazy without a new plan', async () => {
    const root = await plannedApp(vite)
    await plan(root)
    await writeFiles(root, later)
    const { code, json } = await plan(root, '--check')
    expect([code, json.drift!.growth]).toEqual([0, 0])
  })
})

describe('paceline chunks plan', () => {
  it('writes down what is updated often by the history of the lockfile, and keeps that where there is no history', async () => {
    const root = await plannedApp(8)
    await writeFiles(root, {
      '.gitignore': 'node_modules\n',
      'src/main.js': "import { data } from 'heavy'\nconsole.log(data)\n",
    })
    for (const patch of [0, 1, 2, 3, 4]) {
      await writeFiles(root, { 'pnpm-lock.yaml': `packages:\n\n  heavy@1.0.${patch}:\n    resolution: {}\n` })
      await commitAll(root)
    }
    const file = join(root, 'paceline.chunks.json')
    await plan(root)
    expect((await readPlan(file))!.updates).toEqual({ heavy: 0.4 })
    await rm(join(root, '.git'), { recursive: true })
    expect(await plan(root)).toMatchObject({ code: 0, json: { state: 'current', written: false } })
    await rm(file)
    await plan(root)
    expect((await readPlan(file))!.updates).toBeUndefined()
  })

  it('says that no build follows the plan of an app whose config does not ask for one', async () => {
    const root = await writeApp()
    const { code, out } = await runIn(root, 'chunks', 'plan')
    expect([code, out]).toEqual([0, expect.stringContaining('No build follows it yet')])
  })

  it('says what a plan for another app, or without routes, does not know, and writes it anew', async () => {
    const root = await plannedApp(8)
    const file = join(root, 'paceline.chunks.json')
    await plan(root)
    const good = await readFile(file, 'utf8')
    await writeFile(file, good.replace('"app": "small-app"', '"app": "shop"'))
    const other = await runIn(root, 'chunks', 'plan', '--check')
    expect([other.code, other.out]).toEqual([0, expect.stringContaining('good enough: its first load of')])
    expect(other.out).toContain('it says that it is for the app `shop`\n')
    await writeFile(file, good.replace(/"routes": \{[^]*?\n {2}\}/, '"routes": {}'))
    const bare = await runIn(root, 'chunks', 'plan', '--check')
    expect([bare.code, bare.out]).toEqual([1, expect.stringMatching(/is out of date: [^\n]*it expects nothing of \//)])
    expect((await plan(root)).json).toMatchObject({ state: 'stale', written: true })
    expect(await readFile(file, 'utf8')).toBe(good)
  })

  it('cannot tell when the plan is malformed', async () => {
    const root = await plannedApp(8)
    await writeFile(join(root, 'paceline.chunks.json'), '{ "version": 1 ')
    const { code, out, err } = await runIn(root, 'chunks', 'plan', '--check')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/paceline\.chunks\.json[^]*\(PACELINE_PLAN_\w+\)/)
  })

  it.each([
    ['empty', () => '', 'it is empty'],
    ['malformed', () => '{ "version": 1 ', 'JSON cannot be read'],
    ['half merged', (text: string) => `<<<<<<< HEAD\n${text}`, 'unresolved merge'],
    ['of another version', (text: string) => text.replace('"version": 1', '"version": 99'), '`version` 99'],
    ['contradictory', (text: string) => text.replace('"imports": []', '"imports": ["gone"]'), 'which is no chunk'],
  ])('makes a plan anew that is %s, and says what was wrong with it', async (_, spoil, received) => {
    const root = await plannedApp(8, { stable: true })
    const file = join(root, 'paceline.chunks.json')
    await plan(root)
    const good = await readFile(file, 'utf8')
    await writeFile(file, spoil(good))
    const { code, out } = await runIn(root, 'chunks', 'plan')
    expect([code, out]).toEqual([0, expect.stringContaining(received)])
    expect(out).not.toContain('Make it anew')
    expect(await readFile(file, 'utf8')).toBe(good)
  })

  it('writes over no file that is something else', async () => {
    const root = await plannedApp(8, { plan: 'package.json' })
    await writeFiles(root, { 'package.json': '{"name":"app","version":"1.0.0"}' })
    const { code, err } = await runIn(root, 'chunks', 'plan')
    expect([code, err]).toEqual([2, expect.stringContaining('(PACELINE_PLAN_FOREIGN)')])
    expect(await readFile(join(root, 'package.json'), 'utf8')).toBe('{"name":"app","version":"1.0.0"}')
  })

  it.each([
    [['chunks'], 'Known: chunks plan'],
    [['chunks', 'plna'], 'Did you mean `chunks plan`?'],
    [['chunks', 'plan', 'now'], '`paceline chunks plan` takes no arguments; received 1.'],
  ])('ends %j with 2 and says what is wrong', async (argv, message) => {
    const { code, err } = await runIn('/', ...argv)
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })

  it('has a help of its own', async () => {
    const help = await runIn('/', 'chunks', 'plan', '--help')
    expect([help.code, help.out]).toEqual([0, expect.stringMatching(/^paceline chunks plan\n[^]*--check/)])
    expect((await runIn('/', 'help', 'chunks', 'plan')).out).toBe(help.out)
  })
})
