import type { BuildReport } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { sketchReport } from '../../diff/report-fixture.ts'
import { empty, overweight } from '../sample-reports.ts'
import { renderTreemapHtml } from './render-treemap-html.ts'
import type { Folder, Leaf, TreemapData } from './treemap-data.ts'

async function dataOf(report: BuildReport): Promise<TreemapData & { options: object; version: number }> {
  const html = await renderTreemapHtml(report)
  return JSON.parse(/^\s*const data = (.*);$/m.exec(html)![1]!) as Awaited<ReturnType<typeof dataOf>>
}

function leaves(node: Folder | Leaf): Leaf[] {
  return 'children' in node ? node.children.flatMap(leaves) : [node]
}

describe('renderTreemapHtml', () => {
  it('gives every chunk the area of its file in every encoding', async () => {
    const { tree, nodeParts, options } = await dataOf(overweight)
    expect(options).toEqual({ gzip: true, brotli: true, sourcemap: false })
    expect(tree.children.map(({ name }) => name)).toEqual(overweight.chunks.map(({ file }) => file))
    for (const chunk of tree.children) {
      const file = overweight.files.find((candidate) => candidate.file === chunk.name)!
      const parts = leaves(chunk).map(({ uid }) => nodeParts[uid]!)
      const sum = (key: 'renderedLength' | 'gzipLength' | 'brotliLength') =>
        parts.reduce((total, part) => total + part[key], 0)
      expect([sum('renderedLength'), sum('gzipLength'), sum('brotliLength')]).toEqual([
        file.raw,
        file.gzip,
        file.brotli,
      ])
    }
  })

  it('keeps the imports that the page shows, and which of them are lazy', async () => {
    const { nodeMetas } = await dataOf(overweight)
    const metas = Object.entries(nodeMetas)
    const [appUid, app] = metas.find(([, { id }]) => id === 'src/app.tsx')!
    const names = app.imported.map(({ uid, dynamic }) => [nodeMetas[uid]!.id, dynamic ?? false])
    expect(names).toEqual([
      ['src/pages/[id].tsx', true],
      ['src/pages/home.tsx', false],
    ])
    expect(metas.find(([, { id }]) => id === 'src/pages/home.tsx')![1].importedBy).toEqual([{ uid: appUid }])
    expect(metas.find(([, { id }]) => id === 'src/main.tsx')![1].isEntry).toBe(true)
  })

  it('keeps the name of a module from ending the script', async () => {
    const id = 'src/</script><script>alert(1)</script>.ts'
    const report = sketchReport({ modules: { [id]: [] }, chunks: { 'a.js': { [id]: 10 } } })
    expect(await renderTreemapHtml(report)).not.toContain('<script>alert')
    expect(Object.values((await dataOf(report)).nodeMetas).map((meta) => meta.id)).toContain(id)
  })

  it('is still a page for a build without chunks', async () => {
    expect((await dataOf(empty)).tree.children).toEqual([])
  })
})
