import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashDirectory, writeFiles } from '@paceline/testkit'
import { readReport } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { buildApp, linkOwn, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'
import type { WhatIfAnswer } from './ask-what-if.ts'
import { totalOf } from '../rebuild/compare-loads.ts'
import { parseEdits } from './parse-edits.ts'

/** Text that no encoder makes small. */
const noise = (seed: number, length: number): string => {
  let state = seed
  const next = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state.toString(36)
  }
  return Array.from({ length }, next).join('')
}
const exported = (name: string, seed: number): string =>
  `export const ${name} = () => ${JSON.stringify(noise(seed, 300))}\n`

/** Two eager pages that use a package, one lazy page, and a package that could take the other's place. */
const pages = {
  'src/main.js': [
    "import { first } from './first.js'",
    "import second from './second.js'",
    "import './main.css'",
    'document.title = first() + second()',
    "document.body.addEventListener('click', () => import('./third.js').then((m) => m.third()))",
    "document.body.addEventListener('keydown', () => import('./fourth.js').then((m) => m.fourth()))",
  ].join('\n'),
  'src/first.js': `import { big } from 'big'\n${exported('text', 1)}export const first = () => text() + big()\n`,
  'src/second.js': `import * as all from 'big'\nconst text = ${JSON.stringify(noise(2, 100))}\nexport default () => text + all.big()\n`,
  'src/third.js': exported('third', 3),
  'src/fourth.js': exported('fourth', 4),
  'node_modules/big/package.json': '{"name":"big","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/big/index.js': exported('big', 5),
  'node_modules/small/package.json': '{"name":"small","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/small/index.js': "export const big = () => 'small'\n",
  'node_modules/odd/package.json': '{"name":"odd","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/odd/index.js': 'export const other = 1\n',
}

const ask = async (root: string, ...words: string[]): Promise<WhatIfAnswer> => {
  const { code, out, err } = await runIn(root, 'what-if', ...words, '--json')
  expect(err).toContain('building')
  const answer = JSON.parse(out) as WhatIfAnswer
  expect(code).toBe(answer.failed.length > 0 ? 2 : 0)
  return answer
}

describe.each([7, 8] as const)('paceline what-if, on Vite %d', (vite) => {
  it('ranks changes by what a build with the changed sources really saves', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, pages)
    const answer = await ask(root, 'replace', 'big=small', 'lazy', 'src/first.js', 'drop', 'big')
    await buildApp(root, vite)
    const before = await readReport(join(root, '.paceline/report.json'))
    expect(answer.release).toBe(before.release)
    const ranked = answer.edits.map(({ loads }) => loads.saves)
    expect(ranked).toEqual(ranked.toSorted((a, b) => b - a))
    expect(answer.edits.map(({ left }) => left)).toEqual([[], [], []])

    // The same by hand.
    const savedBy = async (files: Record<string, string>): Promise<number> => {
      await writeFiles(root, { ...pages, ...files })
      await buildApp(root, vite)
      const after = await readReport(join(root, '.paceline/report.json'))
      return before.routes[0]!.firstLoad.brotli - after.routes[0]!.firstLoad.brotli
    }
    const saves = new Map(answer.edits.map(({ edit, loads }) => [edit, loads.routes[0]!.saves]))
    const replaced = await savedBy({ 'node_modules/big/index.js': "export const big = () => 'small'\n" })
    expect(saves.get('replace big=small')).toBeCloseTo(replaced, -1.5)
    expect(saves.get('drop big')).toBeGreaterThan(replaced - 40)
    expect(saves.get('drop big')).toBeLessThan(replaced + 40)
    const lazy = await savedBy({
      'src/main.js': pages['src/main.js'].replace(
        "import { first } from './first.js'",
        "const first = () => import('./first.js').then((m) => m.first)",
      ),
    })
    expect(lazy).toBeGreaterThan(800)
    expect(saves.get('lazy src/first.js')).toBeCloseTo(lazy, -1.5)
  })

  it('touches neither the output nor the report of the app', async () => {
    const root = await writeApp({ vite, budgets: { initial: '10 B' } })
    await writeFiles(root, pages)
    await buildApp(root, vite)
    const [dist, reports] = [await hashDirectory(join(root, 'dist')), await hashDirectory(join(root, '.paceline'))]
    await ask(root, 'drop', 'big')
    expect(await hashDirectory(join(root, 'dist'))).toEqual(dist)
    expect(await hashDirectory(join(root, '.paceline'))).toEqual(reports)
    await rm(join(root, '.paceline'), { recursive: true })
    await ask(root, 'drop', 'big')
    expect(existsSync(join(root, '.paceline'))).toBe(false)
  })

  it('merges two chunks and leaves the others', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, pages)
    const answer = await ask(root, 'merge', 'third', 'fourth')
    const [merged] = answer.edits
    expect(merged!.release).not.toBe(answer.release)
    expect(merged!.chunks).toBe(answer.chunks - 1)
    // The texts have nothing in common: only what surrounds them changes.
    expect(Math.abs(answer.total - merged!.total)).toBeLessThan(100)
  })

  it('changes what workers import, and says of what starts one that it stays', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, {
      ...pages,
      'src/main.js': [
        "import Inline from './inline.js?worker&inline'",
        "const made = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })",
        'console.log(made, new Inline())',
      ].join('\n'),
      'src/worker.js': "import { big } from 'big'\npostMessage(big())\n",
      'src/inline.js': "import { text } from './text.js'\npostMessage(text())\n",
      'src/text.js': exported('text', 6),
    })
    const { edits, total } = await ask(root, 'drop', 'big', 'src/text.js', 'src/worker.js', 'replace', 'big=small')
    const of = (name: string) => edits.find(({ edit }) => edit === name)!
    await buildApp(root, vite)
    const before = await readReport(join(root, '.paceline/report.json'))
    await writeFiles(root, { 'node_modules/big/index.js': "export const big = () => 'small'\n" })
    await buildApp(root, vite)
    const after = await readReport(join(root, '.paceline/report.json'))
    const byHand = totalOf(before) - totalOf(after)
    expect(byHand).toBeGreaterThan(800)
    expect(Math.abs(total - of('replace big=small').total - byHand)).toBeLessThan(20)
    expect(Math.abs(total - of('drop big').total - byHand)).toBeLessThan(60)
    expect(of('drop src/text.js').loads.saves).toBeGreaterThan(800)
    expect(of('drop src/worker.js').left.map(({ importer, because }) => [importer, because])).toEqual([
      ['src/main.js', 'worker'],
    ])
    const { out } = await runIn(root, 'what-if', 'drop', 'src/worker.js')
    expect(out).toContain('  src/main.js still imports src/worker.js: it starts a worker\n')
  })

  it('drops a package that CommonJS requires, too, and says what cannot be made lazy', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, {
      ...pages,
      'src/main.js': "import old from 'old'\nimport { big } from 'big'\nconsole.log(old(), big())\n",
      'node_modules/old/package.json': '{"name":"old","version":"1.0.0","main":"index.js"}',
      'node_modules/old/index.js': "const inner = require('inner')\nmodule.exports = () => inner.text\n",
      'node_modules/inner/package.json': '{"name":"inner","version":"1.0.0","main":"index.js"}',
      'node_modules/inner/index.js': `exports.text = ${JSON.stringify(noise(9, 300))}\n`,
    })
    const answer = await ask(root, 'drop', 'inner', 'lazy', 'inner')
    const [drop, lazy] = ['drop inner', 'lazy inner'].map((name) => answer.edits.find(({ edit }) => edit === name)!)
    expect(drop!.left).toEqual([])
    expect(drop!.loads.saves).toBeGreaterThan(1000)
    await buildApp(root, vite)
    const before = await readReport(join(root, '.paceline/report.json'))
    await writeFiles(root, { 'node_modules/inner/index.js': 'exports.text = globalThis.text\n' })
    await buildApp(root, vite)
    const after = await readReport(join(root, '.paceline/report.json'))
    expect(Math.abs(drop!.loads.saves - (totalOf(before) - totalOf(after)))).toBeLessThan(30)
    // Vite 7 has made an import of it by then.
    expect(lazy!.left.map(({ importer, because }) => [importer, because])).toEqual(
      vite === 7 ? [] : [['node_modules/old/index.js', 'require']],
    )
  })
})

describe.each([7, 8] as const)('paceline what-if for a planned app, on Vite %d', (vite) => {
  it('merges in the plan, plans anew for changed sources, and leaves the plan of the app alone', async () => {
    const root = await writeApp({ vite })
    await linkOwn(root, 'chunks')
    await writeFiles(root, {
      ...pages,
      'vite.config.js':
        "import { chunks } from '@paceline/chunks'\nexport default { plugins: [chunks({ strategy: 'planned' })] }\n",
    })
    // Without a plan one is made for the question, and is gone afterwards.
    await ask(root, 'lazy', 'src/first.js')
    expect(existsSync(join(root, 'paceline.chunks.json'))).toBe(false)
    await buildApp(root, vite)
    const plan = await readFile(join(root, 'paceline.chunks.json'), 'utf8')
    const { release } = await readReport(join(root, '.paceline/report.json'))
    const answer = await ask(root, 'lazy', 'src/first.js', 'merge', 'third', 'fourth')
    expect(answer.release).toBe(release)
    const [lazy, merge] = ['lazy src/first.js', 'merge third fourth'].map((name) =>
      answer.edits.find(({ edit }) => edit === name)!,
    )
    // The plan as it is would have the lazy module beside the entry still.
    expect(lazy!.loads.routes.find(({ id }) => id === '/')!.saves).toBeGreaterThan(800)
    expect(merge!.chunks).toBeLessThan(answer.chunks)
    expect(await readFile(join(root, 'paceline.chunks.json'), 'utf8')).toBe(plan)
  })

  it('takes away all that a group names, and only for the question', async () => {
    const root = await writeApp({ vite })
    await linkOwn(root, 'chunks')
    const configured = (groups: object): Promise<void> =>
      writeFiles(root, {
        'vite.config.js': `import { chunks } from '@paceline/chunks'\nexport default { plugins: [chunks(${JSON.stringify({ strategy: 'planned', groups })})] }\n`,
      })
    await writeFiles(root, pages)
    await configured({ vendor: ['big'] })
    await buildApp(root, vite)
    const { code, out, err } = await runIn(root, 'why', 'big', '--rebuild')
    expect([code, err, out]).toEqual([0, expect.any(String), expect.stringMatching(/rebuilt without {2}−[\d.]+ kB/)])
    const { failed, edits } = await ask(root, 'drop', 'big', 'replace', 'big=small')
    expect(failed).toEqual([])
    expect(edits.every(({ loads }) => loads.saves > 800)).toBe(true)
    await configured({ vendor: ['big', 'gone'] })
    await rm(join(root, 'paceline.chunks.json'))
    const refused = await runIn(root, 'what-if', 'drop', 'big')
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining("`groups.vendor['gone']` matches no module"),
    ])
  })
})

describe('paceline what-if', () => {
  it('says of chunks of a plan that have to stay apart why, and names no file of its own', async () => {
    const root = await writeApp()
    await linkOwn(root, 'chunks')
    const plugin = "chunks({ strategy: 'planned', stable: true, minChunkSize: 0 })"
    await writeFiles(root, {
      'src/main.js':
        "document.body.addEventListener('click', (event) => event.x ? import('./one.js') : import('./two.js'))\n",
      'src/one.js': `import { both } from './both.js'\ndocument.title = both() + ${JSON.stringify(noise(6, 300))}\n`,
      'src/two.js': `import { both } from './both.js'\ndocument.title = ${JSON.stringify(noise(7, 300))} + both()\n`,
      'src/both.js': exported('both', 8),
      'vite.config.js': `import { chunks } from '@paceline/chunks'\nexport default { plugins: [${plugin}] }\n`,
    })
    await buildApp(root)
    const { chunks } = await readReport(join(root, '.paceline/report.json'))
    const holding = (id: string): string =>
      chunks.find(({ modules }) => modules.some((module) => module.id === id))!.name
    const { failed } = await ask(root, 'merge', holding('src/one.js'), holding('src/both.js'))
    const [{ error }] = failed as [(typeof failed)[number]]
    expect(error.code).toBe('PACELINE_RUNS_EARLY')
    expect(error.message).toMatch(/^`src\/one\.js` runs with src\/two\.js[^]*\nThe two have to stay apart/)
    expect(error.message).not.toMatch(/paceline-|chunks plan/)
  })

  it('names what it does not know, before it builds anything twice', async () => {
    const root = await writeApp()
    await writeFiles(root, pages)
    const failures: [string[], string, string][] = [
      [['lazy', 'src/frist.js'], 'PACELINE_WHY_UNKNOWN', 'src/first.js'],
      [['lazy', 'src/third.js'], 'PACELINE_WHAT_IF_NOTHING', 'lazy already'],
      [['lazy', 'src/main.js'], 'PACELINE_WHAT_IF_NOTHING', 'the app starts there'],
      [['drop', 'bigg'], 'PACELINE_WHY_UNKNOWN', 'big'],
      [['replace', 'big=smal'], 'PACELINE_WHAT_IF_NOT_INSTALLED', '`smal` is not installed'],
      [['replace', 'src/first.js=big'], 'PACELINE_WHAT_IF_NOT_A_PACKAGE', 'src/first.js'],
      [['replace', 'big'], 'PACELINE_WHAT_IF_SYNTAX', "received 'big'"],
      [['merge', 'third', 'fourt'], 'PACELINE_WHAT_IF_CHUNK_UNKNOWN', 'Did you mean `fourth`?'],
      [['merge', 'third', 'index'], 'PACELINE_WHAT_IF_CHUNK_ENTRY', '`index`'],
      [['merge', 'third', 'third'], 'PACELINE_WHAT_IF_SYNTAX', 'twice'],
      [['big', 'drop'], 'PACELINE_WHAT_IF_SYNTAX', '`big` is not a change'],
    ]
    for (const [words, code, text] of failures) {
      const ran = await runIn(root, 'what-if', ...words)
      expect([words, ran.code, ran.out]).toEqual([words, 2, ''])
      expect(ran.err).toContain(code)
      expect(ran.err).toContain(text)
      expect(ran.err).not.toContain('building it with')
    }
  })

  it('ranks what builds and says what does not', async () => {
    const root = await writeApp()
    await writeFiles(root, pages)
    const { code, out } = await runIn(root, 'what-if', 'replace', 'big=odd', 'lazy', 'src/first.js')
    expect(code).toBe(2)
    expect(out).toMatch(/^lazy src\/first\.js {2}−[\d.]+ kB per route[^]*replace big=odd {2}could not be told/)
    expect(out).toMatch(/"?big"? is not exported/)
  })

  it('asks no more of how chunks run than the app does', async () => {
    const root = await writeApp()
    const config = (execution: string): string =>
      [
        "import { paceline } from 'paceline'",
        "const groups = [{ name: 'app', test: /src.(?:app|show)/ }]",
        'const output = { codeSplitting: { includeDependenciesRecursively: false, groups } }',
        `export default { plugins: [paceline({ chunks: { execution: '${execution}' } })], build: { rolldownOptions: { output } } }`,
      ].join('\n')
    await writeFiles(root, {
      'src/main.js':
        "import './setup.js'\nimport './app/start.js'\nimport { text } from './text.js'\ndocument.title = text()\n",
      'src/text.js': exported('text', 6),
      'src/setup.js': "globalThis.settings = { name: 'set up' }\n",
      'src/app/start.js': "import { show } from '../show.js'\nshow(globalThis.settings?.name)\n",
      'src/show.js': 'export const show = (text) => document.body.append(text)\n',
      'vite.config.js': config('error'),
    })
    const refused = await runIn(root, 'what-if', 'lazy', 'src/text.js')
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('runs before `src/setup.js`')])
    await writeFiles(root, { 'vite.config.js': config('warn') })
    expect((await ask(root, 'lazy', 'src/text.js')).edits).toHaveLength(1)
  })

  it('leaves no directory behind', async () => {
    const root = await writeApp()
    const temporary = join(root, 'temporary')
    await mkdir(temporary)
    const known = process.env['TMPDIR']
    process.env['TMPDIR'] = temporary
    await ask(root, 'lazy', 'src/greet.js')
    if (known === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = known
    expect(await readdir(temporary)).toEqual([])
  })
})

describe('parseEdits', () => {
  it('takes every word after a verb for a change, and two for merge', () => {
    expect(parseEdits('lazy a b drop c replace d=e merge f g h i'.split(' '))).toEqual([
      { kind: 'lazy', subject: 'a' },
      { kind: 'lazy', subject: 'b' },
      { kind: 'drop', subject: 'c' },
      { kind: 'replace', from: 'd', to: 'e' },
      { kind: 'merge', chunks: ['f', 'g'] },
      { kind: 'merge', chunks: ['h', 'i'] },
    ])
    expect(() => parseEdits(['lazy', 'drop', 'a'])).toThrow('`lazy` names nothing')
    expect(() => parseEdits(['merge', 'a'])).toThrow('needs two chunks')
  })
})
