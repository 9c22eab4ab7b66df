import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildApp, importHeavy, writeApp } from './testing/app.ts'

const bin = join(dirname(createRequire(import.meta.url).resolve('paceline/package.json')), 'bin/paceline.js')

/** A process of its own; `closeAfter` bytes its stdout is closed, as `head` does. */
async function paceline(
  cwd: string,
  args: readonly string[],
  closeAfter = Infinity,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (out.length > closeAfter) child.stdout.destroy()
  })
  child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, out, err }
}

describe.each([7, 8] as const)('the process, on Vite %d', (vite) => {
  it('ends with the code of the verdict in every format, the result on stdout alone', async () => {
    const root = await writeApp({ vite, budgets: { initial: '2 kB' } })
    await buildApp(root, vite)
    expect(await paceline(root, ['check'])).toMatchObject({ code: 0, err: '' })
    await importHeavy(root)
    await buildApp(root, vite)
    for (const format of [[], ['--json'], ['--markdown'], ['--sarif'], ['--github']]) {
      const { code, out, err } = await paceline(root, ['check', ...format])
      expect([code, err]).toEqual([1, ''])
      expect(out.length).toBeGreaterThan(100)
    }
    expect(await paceline(root, ['check', '--root', 'nowhere'])).toMatchObject({ code: 2, out: '' })
  })
})

describe('the process, piped', () => {
  it('gives all of a long result to a pipe', async () => {
    const root = await writeApp({ budgets: { initial: '10 B' } })
    await importHeavy(root)
    await buildApp(root)
    await paceline(root, ['check', '--save-baseline', 'base.json'])
    const { out } = await paceline(root, ['diff', 'base.json', '--json'])
    expect(JSON.parse(out)).toMatchObject({ verdict: 'broken' })
  })

  it('keeps its verdict and its calm when the reader has seen enough', async () => {
    const root = await writeApp({ budgets: { initial: '10 B' } })
    await buildApp(root)
    expect(await paceline(root, ['check', '--json'], 0)).toMatchObject({ code: 1, err: '' })
  })

  it('prints no colours into a pipe or a file, in CI neither, unless they are asked for', async () => {
    const root = await writeApp({ budgets: { initial: '10 B' } })
    await buildApp(root)
    const print = async (env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> =>
      (await paceline(root, ['check', ...args], Infinity, { FORCE_COLOR: undefined, NO_COLOR: undefined, ...env })).out
    expect(await print({ CI: 'true' })).not.toContain('\u001B')
    expect(await print({ FORCE_COLOR: '1' })).toContain('\u001B')
    await print({ FORCE_COLOR: '1' }, '--output', 'verdict.txt')
    expect(await readFile(join(root, 'verdict.txt'), 'utf8')).not.toContain('\u001B')
  })
})
