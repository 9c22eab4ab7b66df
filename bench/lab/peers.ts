import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openSite } from '@paceline/lab'
import { plantedFiles, withBuilt } from '../../e2e/support/lab/planted-app.ts'
import { chromiumOf } from './chromium-of.ts'
import { TURNS } from './planted-regressions.ts'
import { inSession } from './session.ts'
import type { InSession } from './session.ts'

/** What another tool says of two builds. */
export interface PeerAnswer {
  readonly tool: string
  readonly factor: number
  /** Of the loop in the module, as it is: those of our own comparisons. Absent in rows that were kept before it was written down. */
  readonly turns?: number
  /** How often it was asked. */
  readonly asked: number
  /** Of these it said that the second build is slower. */
  readonly slower: number
  /** Of these it said that it cannot tell. */
  readonly unsure: number
  /** What it measured of the second build by what it measured of the first, each time. */
  readonly ratios: readonly number[]
  /** s, of one answer. */
  readonly seconds: number
}

interface Answer {
  readonly says: 'slower' | 'not slower' | 'unsure'
  readonly ratio: number
}

interface Asked {
  /** Folder with the tools. */
  readonly peers: string
  readonly baseline: string
  readonly candidate: string
  /** For what is written on the way. */
  readonly dir: string
}

/** The build may be so much slower before our own comparison calls it that; the others are given the same. */
const TOLERANCE = 0.03

const TOOLS: readonly { readonly name: string; readonly ask: (asked: Asked) => Promise<Answer> }[] = [
  { name: '@lhci/cli', ask: askLighthouseCi },
  { name: 'tachometer', ask: askTachometer },
]

/**
 * Asks Lighthouse CI and tachometer about the builds of {@link comparePlanted}, each time anew.
 *
 * @param peers folder in which they are installed
 */
export async function askPeers(peers: string, factor: number, times: number): Promise<InSession<PeerAnswer>[]> {
  return withBuilt(plantedFiles(1, TURNS), (before) =>
    withBuilt(plantedFiles(factor, TURNS), async (after) => {
      const sites = await Promise.all([before, after].map(({ dist }) => openSite({ given: dist, cwd: '.' })))
      const [baseline, candidate] = sites.map(({ url }) => url)
      const dir = await mkdtemp(join(tmpdir(), 'paceline-peers-'))
      try {
        const answers: InSession<PeerAnswer>[] = []
        for (const { name, ask } of TOOLS) {
          const tool = `${name} ${await versionOf(peers, name)}`
          const asked = { peers, baseline: baseline!, candidate: candidate!, dir }
          answers.push(await inSession(() => askOften({ tool, factor, times, ask: () => ask(asked) })))
        }
        return answers
      } finally {
        await Promise.all(sites.map((site) => site.close()))
        await rm(dir, { recursive: true, force: true })
      }
    }),
  )
}

async function askOften({
  tool,
  factor,
  times,
  ask,
}: {
  readonly tool: string
  readonly factor: number
  readonly times: number
  readonly ask: () => Promise<Answer>
}): Promise<PeerAnswer> {
  const began = performance.now()
  const answers: Answer[] = []
  for (let time = 1; time <= times; time++) {
    const answer = await ask()
    answers.push(answer)
    process.stderr.write(`${tool} ×${factor} ${time}/${times}: ${answer.says}, ×${answer.ratio.toFixed(3)}\n`)
  }
  const count = (wanted: Answer['says']): number => answers.filter(({ says }) => says === wanted).length
  return {
    tool,
    factor,
    turns: TURNS,
    asked: times,
    slower: count('slower'),
    unsure: count('unsure'),
    ratios: answers.map(({ ratio }) => ratio),
    seconds: (performance.now() - began) / times / 1000,
  }
}

/** Time of scripts: Total Blocking Time leaves out what runs before the first paint, as this app's does. */
const AUDIT = 'bootup-time'

/**
 * Three runs of each build, as it collects by default; then its assertion on the time of scripts, with what it has of the first build and the
 * tolerance as the limit. It compares the best of the three, its default.
 */
async function askLighthouseCi({ peers, baseline, candidate, dir }: Asked): Promise<Answer> {
  const lhci = join(peers, 'node_modules/@lhci/cli/src/cli.js')
  const { chromePath = '', flags } = chromiumOf(process.env)
  const collect = async (url: string): Promise<number> => {
    await rm(join(dir, '.lighthouseci'), { recursive: true, force: true })
    const settings = [`--settings.chromeFlags=${flags.join(' ')}`, `--settings.onlyAudits=${AUDIT}`]
    await run(dir, [lhci, 'collect', `--url=${url}/`, '--numberOfRuns=3', ...settings], { CHROME_PATH: chromePath })
    const files = (await readdir(join(dir, '.lighthouseci'))).filter((file) => /^lhr-.*\.json$/.test(file))
    const times = await Promise.all(
      files.map(async (file) => {
        const report = JSON.parse(await readFile(join(dir, '.lighthouseci', file), 'utf8')) as {
          readonly audits: Readonly<Record<string, { readonly numericValue: number }>>
        }
        return report.audits[AUDIT]!.numericValue
      }),
    )
    if (times.length !== 3) throw new Error(`lhci left ${times.length} reports`)
    return Math.min(...times)
  }
  const before = await collect(baseline)
  const after = await collect(candidate)
  const assertions = { [AUDIT]: ['error', { maxNumericValue: before * (1 + TOLERANCE) }] }
  await writeFile(join(dir, 'lighthouserc.json'), JSON.stringify({ ci: { assert: { assertions } } }))
  const { code } = await run(dir, [lhci, 'assert'], {}, [0, 1])
  return { says: code === 0 ? 'not slower' : 'slower', ratio: after / before }
}

/** Fifty loads of each build in turn, its default, measured by First Contentful Paint, before which the app's script runs. */
async function askTachometer({ peers, baseline, candidate, dir }: Asked): Promise<Answer> {
  const { chromePath, flags } = chromiumOf(process.env)
  const browser = { name: 'chrome', headless: true, binary: chromePath, addArguments: flags }
  const builds = { baseline, candidate }
  const benchmarks = Object.entries(builds).map(([name, url]) => ({
    name,
    url: `${url}/`,
    browser,
    measurement: 'fcp',
  }))
  await writeFile(join(dir, 'tachometer.json'), JSON.stringify({ sampleSize: 50, timeout: 0, benchmarks }))
  const tachometer = join(peers, 'node_modules/tachometer/bin/tach.js')
  await run(dir, [tachometer, '--config', 'tachometer.json', '--json-file', 'answer.json'])
  const answer = JSON.parse(await readFile(join(dir, 'answer.json'), 'utf8')) as {
    readonly benchmarks: readonly {
      readonly mean: { readonly low: number; readonly high: number }
      readonly differences: readonly ({
        readonly percentChange: { readonly low: number; readonly high: number }
      } | null)[]
    }[]
  }
  const [, second] = answer.benchmarks
  const { low, high } = second!.differences[0]!.percentChange
  const says = low > 0 ? 'slower' : high < 0 ? 'not slower' : 'unsure'
  return { says, ratio: 1 + (low + high) / 200 }
}

async function versionOf(peers: string, name: string): Promise<string> {
  const manifest = createRequire(join(peers, 'package.json')).resolve(`${name}/package.json`)
  return (JSON.parse(await readFile(join(dirname(manifest), 'package.json'), 'utf8')) as { version: string }).version
}

function run(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  expected: readonly number[] = [0],
): Promise<{ readonly code: number }> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 }
    execFile(process.execPath, [...args], options, (error, out, err) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number' && expected.includes(code)) resolve({ code })
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${out.slice(-500)} ${err.slice(-500)}`))
    })
  })
}
