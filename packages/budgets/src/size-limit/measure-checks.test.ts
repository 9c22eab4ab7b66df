import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { writeFixture } from '@paceline/testkit'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { BuildReport } from '@paceline/build-graph'
import { encoders, errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { evaluateBudgets } from '../core/evaluate-budgets.ts'
import { sketchReport } from '../diff/report-fixture.ts'
import { resolveBudgets } from '../resolve-options.ts'
import { measureChecks } from './measure-checks.ts'

const run = promisify(execFile)
const cli = join(dirname(createRequire(import.meta.url).resolve('size-limit/package.json')), 'bin.js')

/** Text that compresses as code does, of a given length. */
const code = (length: number, seed: number): string =>
  Array.from(
    { length: Math.ceil(length / 40) },
    (_, n) => `const value${(n * seed) % 977} = compute(${n}, 'item ${n % seed}')`,
  ).join('\n')

const files = {
  'package.json': JSON.stringify({ name: 'app', type: 'module', devDependencies: { '@size-limit/file': '14.3.0' } }),
  'dist/index.html': '<!doctype html><title>app</title>',
  'dist/assets/index-a1.js': code(30_000, 7),
  'dist/assets/react-vendor-b2.js': code(400_000, 31),
  'dist/assets/über-c3.js': code(3000, 3),
  'dist/assets/index-d4.css': '.a { color: red }\n'.repeat(300),
  'dist/assets/index-a1.js.br': brotliCompressSync(code(30_000, 7)),
  'dist/.vite/manifest.json': '{}',
  'server/index.js': code(9000, 13),
}

const entries = [
  { name: 'react-vendor', path: 'dist/assets/react-vendor-*.js', limit: '200 kB', brotli: false },
  { name: 'gzip', path: 'dist/assets/*.js', limit: '60 kB', gzip: true },
  { name: 'brotli by default', path: ['dist/assets/*.js', '!dist/assets/über*'], limit: '4 KiB' },
  { name: 'folder', path: 'dist', limit: '1.5 MB', brotli: false },
  { name: 'everything in it', path: 'dist/**', limit: 10_000_000, brotli: false },
  { path: './dist/assets/index-d4.css', limit: '100 B' },
  { path: ['dist/assets/index-a1.js', 'dist/index.html'], limit: '1.99 kB' },
  { name: 'outside the output', path: 'server/*.js', limit: '9 kb' },
  { name: 'no limit', path: 'dist/index.html' },
  { name: 'braces and questions', path: 'dist/assets/{index,nothing}-??.{js,css}', limit: '1MB' },
]

/** A report that knows some of the files, as a build would. */
function reportOf(known: Readonly<Record<string, string>>): BuildReport {
  const sizes = Object.entries(known).map(([file, content]) => {
    const raw = Buffer.byteLength(content)
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength
    const gzip = gzipSync(content, { level: 9 }).byteLength
    return { file, kind: 'js' as const, hash: '', raw, gzip, brotli, zstd: brotli }
  })
  return { ...sketchReport({ modules: { 'src/main.ts': [] }, chunks: {} }), files: sizes }
}

describe('measureChecks', () => {
  it('gives the names, sizes, limits and verdicts of the size-limit command, to the byte', async () => {
    const root = await writeFixture({ ...files, '.size-limit.json': JSON.stringify(entries) })
    const { stdout } = await run(process.execPath, [cli, '--json'], { cwd: root }).catch(
      (error: { stdout: string }) => error,
    )
    const theirs = JSON.parse(stdout) as { name: string; size: number; sizeLimit?: number; passed?: boolean }[]
    const checks = await measureChecks(join(root, '.size-limit.json'), join(root, 'dist'), reportOf({}))
    const results = evaluateBudgets(reportOf({}), resolveBudgets({ initial: false, routes: false }), { checks })
    expect(
      results.map(({ name, actual, limit, status }) => ({
        name,
        ...(status === 'exempt' ? {} : { passed: status === 'pass' }),
        size: actual,
        ...(status === 'exempt' ? {} : { sizeLimit: limit }),
      })),
    ).toEqual(theirs)
    expect(theirs).toHaveLength(entries.length)
    expect(new Set(theirs.map(({ passed }) => passed))).toEqual(new Set([true, false, undefined]))
  })

  it('takes the sizes of the build’s own files from the report and encodes nothing again', async () => {
    const root = await writeFixture({ ...files, '.size-limit.json': JSON.stringify([entries[1]]) })
    const report = reportOf({ 'assets/index-a1.js': files['dist/assets/index-a1.js'] })
    const [check] = await measureChecks(join(root, '.size-limit.json'), join(root, 'dist'), report)
    const known = check!.files.find(({ emitted }) => emitted === 'assets/index-a1.js')
    const { byteLength } = await encoders.gzip.encode(Buffer.from(files['dist/assets/index-a1.js']))
    expect(known?.size).toBe(byteLength)
    expect(check!.files.filter(({ emitted }) => emitted === undefined)).toHaveLength(2)
  })

  it('never passes an entry that matches nothing', async () => {
    const root = await writeFixture({
      ...files,
      '.size-limit.json': '[{ "name": "gone", "path": "dist/*.mjs", "limit": "1 kB" }]',
    })
    const checks = await measureChecks(join(root, '.size-limit.json'), join(root, 'dist'), reportOf({}))
    const judge = (): unknown => evaluateBudgets(reportOf({}), resolveBudgets({ initial: false }), { checks })
    expect(judge).toThrow(/entry 'gone' matches no file; its path is \["dist\/\*\.mjs"\]/)
  })

  it('says which file cannot be read', async () => {
    const missing = measureChecks('/nowhere/.size-limit.json', '/nowhere/dist', reportOf({}))
    await expect(missing).rejects.toSatisfy((error) => errorCodes(error).includes('PACELINE_SIZE_LIMIT_UNREADABLE'))
    await expect(missing).rejects.toThrow('`/nowhere/.size-limit.json`')
  })

  it('knows the same files in the report of another build by the same globs', async () => {
    const root = await writeFixture({ ...files, '.size-limit.json': JSON.stringify(entries.slice(2, 4)) })
    const checks = await measureChecks(join(root, '.size-limit.json'), join(root, 'dist'), reportOf({}))
    expect(checks.map(({ emitted }) => emitted)).toEqual([
      { include: ['assets/*.js', 'assets/*.js/**'], exclude: ['assets/über*', 'assets/über*/**'] },
      { include: ['**'], exclude: [] },
    ])
    const scripts = { 'src/main.ts': 50_000, 'node_modules/react/index.js': 90_000 }
    const sketch = { modules: { 'src/main.ts': ['node_modules/react/index.js:1'], 'node_modules/react/index.js': [] } }
    const report = sketchReport({ ...sketch, chunks: { 'assets/index-e5.js': scripts } })
    const baseline = sketchReport({ ...sketch, chunks: { 'assets/index-f6.js': { ...scripts, 'src/main.ts': 1000 } } })
    const measured = checks.map((check) => ({
      ...check,
      limit: 1,
      files: [{ file: 'dist/assets/index-e5.js', size: 50_000, emitted: 'assets/index-e5.js' }],
    }))
    const [result] = evaluateBudgets(report, resolveBudgets({ initial: false }), { checks: measured, baseline })
    expect(result?.explain?.grew).toEqual([{ id: 'src/main.ts', size: 17_500 - 350, before: 350 }])
  })
})
