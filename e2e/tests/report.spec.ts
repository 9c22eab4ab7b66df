import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const run = promisify(execFile)
const repository = new URL('../../', import.meta.url)
const dist = new URL('playground/dist/', repository)

interface Sizes {
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

interface Report {
  readonly files: readonly (Sizes & { readonly file: string })[]
  readonly chunks: readonly { readonly file: string; readonly modules: readonly (Sizes & { readonly id: string })[] }[]
  readonly packages: readonly { readonly name: string; readonly duplicates?: unknown }[]
  readonly budgets: readonly { readonly name: string; readonly kind: string; readonly actual: number }[]
}

const report = JSON.parse(readFileSync(new URL('playground/.paceline/report.json', repository), 'utf8')) as Report

test('every file has the size that gzip 9 and brotli 11 give it', () => {
  expect(report.files.length).toBeGreaterThan(50)
  for (const { file, raw, gzip, brotli } of report.files) {
    const content = readFileSync(new URL(file, dist))
    const expected = {
      file,
      raw: content.byteLength,
      gzip: gzipSync(content, { level: 9 }).byteLength,
      brotli: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength,
    }
    expect({ file, raw, gzip, brotli }).toEqual(expected)
  }
})

test('GNU gzip -9 agrees to one per cent over all scripts', async () => {
  const scripts = report.files.filter(({ file }) => file.endsWith('.js'))
  let theirs = 0
  for (const { file } of scripts) {
    const { stdout } = await run('gzip', ['-9', '-n', '-c', fileURLToPath(new URL(file, dist))], {
      encoding: 'buffer',
      maxBuffer: 1 << 26,
    })
    theirs += stdout.byteLength
  }
  const ours = scripts.reduce((sum, { gzip }) => sum + gzip, 0)
  expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.01)
})

test('the modules of every chunk add up to its file, to the byte', () => {
  const files = new Map(report.files.map((file) => [file.file, file]))
  expect(report.chunks.length).toBeGreaterThan(50)
  for (const { file, modules } of report.chunks) {
    const sum = (measure: keyof Sizes): number => modules.reduce((total, module) => total + module[measure], 0)
    const { raw, gzip, brotli } = files.get(file)!
    expect({ file, raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') }).toEqual({ file, raw, gzip, brotli })
  }
})

test('the size-limit command has the same figures for .size-limit.json', async () => {
  const bin = fileURLToPath(new URL('node_modules/size-limit/bin.js', repository))
  const { stdout } = await run(process.execPath, [bin, '--json'], { cwd: fileURLToPath(repository) })
  const theirs = (JSON.parse(stdout) as { name: string; size: number }[]).map(({ name, size }) => [name, size])
  const ours = report.budgets.filter(({ kind }) => kind === 'size-limit').map(({ name, actual }) => [name, actual])
  expect(ours.length).toBe(6)
  expect(ours).toEqual(theirs)
})

test('there is one copy of each package', () => {
  expect(report.packages.filter(({ duplicates }) => duplicates)).toEqual([])
})
