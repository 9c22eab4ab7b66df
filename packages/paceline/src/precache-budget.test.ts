import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { readReport, reportFile } from '@paceline/build-graph'
import { budgets } from '@paceline/budgets'
import { errorCodes } from '@paceline/kit'
import { serviceWorker } from '@paceline/service-worker'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'

describe.each(viteVersions)('a budget for the precache on Vite %d', (vite) => {
  it('is overrun by what the worker of this build stores, and names what weighs', async () => {
    const root = await writeFixture(smallApp)
    const plugins = [serviceWorker(true), budgets({ precache: 10 })]
    const error = await runBuild({ vite, root, plugins }).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    )
    expect(errorCodes(error)).toContain('PACELINE_BUDGET_EXCEEDED')
    const { budgets: verdicts, serviceWorker: worker } = await readReport(reportFile(join(root, '.paceline'), 'client'))
    const stored = worker!.precache.entries.map(({ file }) => file)
    expect(stored.length).toBeGreaterThan(1)
    const sizes = await Promise.all(
      stored.map(async (file) => brotliCompressSync(await readFile(join(root, 'dist', file))).byteLength),
    )
    const verdict = verdicts.find(({ kind }) => kind === 'precache')!
    expect(verdict).toMatchObject({ limit: 10, actual: sizes.reduce((sum, size) => sum + size, 0), status: 'fail' })
    for (const { file } of verdict.explain!.files!) expect(stored).toContain(file)
    expect(error!.message).toContain(verdict.explain!.files![0]!.file)
  })
})
