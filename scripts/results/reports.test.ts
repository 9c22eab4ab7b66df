import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../lib/root.mjs'
import { readPlaywrightReport } from './playwright-report.ts'
import { readVitestReport } from './vitest-report.ts'

/** The runners themselves write what is read here, so that a new version with another report is noticed. */
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paceline-reports-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true }))

function report(
  files: Record<string, string>,
  name: string,
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): string {
  const cwd = join(folder, name)
  mkdirSync(cwd)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text)
  const { VITEST: _vitest, NODE_ENV: _mode, ...clean } = process.env
  spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd,
    env: { ...clean, ...env },
    timeout: 50_000,
  })
  return readFileSync(join(cwd, 'report.json'), 'utf8')
}

describe('readVitestReport', () => {
  const tests = (name: string, files: Record<string, string>) =>
    report(files, name, 'vitest/vitest.mjs', ['run', '--reporter=json', '--outputFile=report.json', '--root=.'], {})

  test('counts passed, failed, skipped and todo, and a file that does not load', () => {
    const json = tests('vitest', {
      'a.test.js': `import { expect, test } from 'vitest'
        test('one', () => {}); test('two', () => {}); test('three', () => expect(1).toBe(2))
        test.skip('four', () => {}); test.todo('five')`,
      'b.test.js': `import './nowhere.js'`,
    })
    expect(readVitestReport(json)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      errors: 1,
      failures: [
        expect.stringMatching(/a\.test\.js › three\n.*expected 1 to be 2/),
        expect.stringMatching(/b\.test\.js\n.*nowhere\.js/s),
      ],
    })
  })

  test('gives up on anything else', () => {
    expect(readVitestReport('{')).toBeUndefined()
    expect(readVitestReport('{}')).toBeUndefined()
  })
})

describe('readPlaywrightReport', () => {
  const tests = (name: string, files: Record<string, string>) =>
    report(files, name, 'playwright/cli.js', ['test', '--reporter=json', '--retries=1'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: join(folder, name, 'report.json'),
    })

  test('counts passed, failed, skipped, and flaky as failed', () => {
    const json = tests('playwright', {
      'a.spec.js': `import { expect, test } from '@playwright/test'
        test('one', () => {}); test('two', () => {}); test('three', () => expect(1).toBe(2)); test.skip('four', () => {})
        test('flaky', ({}, { retry }) => expect(retry).toBe(1))`,
    })
    expect(readPlaywrightReport(json)).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
      errors: 0,
      failures: [
        expect.stringMatching(/a\.spec\.js:2 › three\n.*toBe/s),
        expect.stringMatching(/a\.spec\.js:3 › flaky\n.*toBe/s),
      ],
    })
  })

  test('sees a file that does not load, once', () => {
    const json = tests('playwright-broken', { 'a.spec.js': `import './nowhere.js'` })
    expect(readPlaywrightReport(json)).toMatchObject({
      passed: 0,
      errors: 1,
      failures: [expect.stringContaining('nowhere.js')],
    })
  })

  test('gives up on anything else', () => {
    expect(readPlaywrightReport('{}')).toBeUndefined()
  })
})
