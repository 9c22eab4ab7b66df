import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { paceline } from './paceline.ts'

describe.each(viteVersions)('compress.deleteOriginalAssets on Vite %d', (vite) => {
  it('is refused beside delivery before anything is built', async () => {
    const root = await writeFixture(smallApp)
    const build = runBuild({ vite, root, plugins: paceline({ compress: { deleteOriginalAssets: true } }) })
    await expect(build).rejects.toSatisfy((error: unknown) => errorCodes(error).includes('PACELINE_DELIVERY_ORIGINALS'))
    expect(await readdir(root)).not.toContain('dist')
  })

  it('is done without delivery', async () => {
    const root = await writeFixture(smallApp)
    const plugins = paceline({ compress: { deleteOriginalAssets: true }, delivery: false })
    await runBuild({ vite, root, plugins })
    const files = await readdir(join(root, 'dist'))
    expect(files).toContain('robots.txt.br')
    expect(files).not.toContain('robots.txt')
  })
})
