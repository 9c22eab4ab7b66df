import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const workspace = join(repository, '.cache/e2e-moment')
const app = join(workspace, 'playground')
const page = 'src/pages/dashboard/dashboard-page.tsx'

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function node(script: string, ...args: string[]): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(repository, script), ...args],
      { cwd: app, env, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
  })
}
const vite = (...args: string[]): Promise<Outcome> => node('node_modules/vite/bin/vite.js', ...args)
const paceline = (...args: string[]): Promise<Outcome> => node('packages/paceline/bin/paceline.js', ...args)

test.describe.configure({ mode: 'serial' })
test.setTimeout(180_000)

test.beforeAll(() => {
  // Below the repository, so that it finds the same packages; the sources are a copy.
  rmSync(workspace, { recursive: true, force: true })
  mkdirSync(workspace, { recursive: true })
  cpSync(join(repository, '.size-limit.json'), join(workspace, '.size-limit.json'))
  cpSync(join(repository, 'playground'), app, {
    recursive: true,
    filter: (source) =>
      !/[\\/](?:node_modules|dist|dist-baseline|dist-default|\.paceline)(?:[\\/]|$)/.test(
        source.slice(repository.length),
      ),
  })
  // The pictures were encoded when the playground was built: this is about moment.
  const cache = 'node_modules/.cache/paceline'
  cpSync(join(repository, 'playground', cache), join(app, cache), { recursive: true })
})

test.afterAll(() => rmSync(workspace, { recursive: true, force: true }))

test('the playground as it is builds, and its report becomes the baseline', async () => {
  expect(await vite('build')).toMatchObject({ code: 0 })
  expect(await paceline('check', '--save-baseline', '.paceline/baseline.json')).toMatchObject({ code: 0 })
})

test('importing moment into an eager page fails the build and names file, line, chain and bytes', async () => {
  const source = readFileSync(join(app, page), 'utf8')
  const [first, ...rest] = source.split('\n')
  const changed = [first, "import moment from 'moment'", ...rest, "document.title = moment().format('LLLL')", '']
  writeFileSync(join(app, page), changed.join('\n'))
  const config = readFileSync(join(app, 'vite.config.ts'), 'utf8')
  writeFileSync(
    join(app, 'vite.config.ts'),
    config.replace(
      'budgets: {',
      "budgets: {\n        packages: { moment: 0 },\n        baseline: '.paceline/baseline.json', maxGrowth: '2 kB',",
    ),
  )
  const { code, stdout, stderr } = await vite('build')
  const output = stdout + stderr
  expect(code).toBe(1)
  expect(output).toContain(`${page}:2 → moment`)
  expect(output).toMatch(/removing it saves \d+(?:\.\d+)? kB/)
  expect(output).toMatch(/via .*src\/main\.tsx.*src\/app\/router\.tsx/s)
})

test('check says the same without a build, with the same code in every format', async () => {
  for (const format of [[], ['--json'], ['--markdown'], ['--sarif'], ['--github']]) {
    const { code, stdout } = await paceline('check', ...format)
    expect([format, code]).toEqual([format, 1])
    expect(stdout).toContain('moment')
  }
})

test('diff annotates the importing line on GitHub and in SARIF', async () => {
  const github = await paceline('diff', '.paceline/baseline.json', '--github')
  expect(github.code).toBe(1)
  expect(github.stdout).toMatch(new RegExp(`^::error file=(?:[^,]*/)?${page},line=2,.*moment`, 'm'))
  const sarif = await paceline('diff', '.paceline/baseline.json', '--sarif')
  expect(sarif.code).toBe(1)
  const log = JSON.parse(sarif.stdout) as {
    runs: {
      results: {
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[]
      }[]
    }[]
  }
  const places = log.runs
    .flatMap((run) => run.results.flatMap((result) => result.locations))
    .map((location) => location.physicalLocation)
  expect(
    places.some(({ artifactLocation, region }) => artifactLocation.uri.endsWith(page) && region.startLine === 2),
  ).toBe(true)
})

test('why names the line that brought moment in', async () => {
  const { code, stdout } = await paceline('why', 'moment')
  expect(code).toBe(0)
  expect(stdout).toContain(`${page}:2 → moment`)
})
