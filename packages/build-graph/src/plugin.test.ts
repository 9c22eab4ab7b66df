import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describePluginContract } from '@paceline/testkit'
import { expect } from 'vitest'
import { encoders } from '@paceline/kit'
import { readReport } from './adapters/report-file.ts'
import type { BuildGraphOptions } from './options.ts'
import { buildGraph } from './plugin.ts'

describePluginContract<BuildGraphOptions>({
  name: 'buildGraph()',
  create: buildGraph,
  options: { routes: { '/about': ['src/about.js', 'src/lazy.js'] }, dir: '.reports' },
  failing: { options: { routes: { '/about': 'src/abot.js' } }, code: 'PACELINE_ROUTE_UNKNOWN' },
  changesOutput: false,
  async verify({ root, outDir }) {
    const report = await readReport(join(root, '.reports/report.json')).catch(() =>
      readReport(join(root, '.paceline/report.json')),
    )
    expect(report.files.map((file) => file.file)).toContain('robots.txt')
    for (const file of report.files) {
      const content = await readFile(join(outDir, file.file))
      expect(file.raw).toBe(content.byteLength)
      expect(file.gzip).toBe((await encoders.gzip.encode(content)).byteLength)
    }
    for (const chunk of report.chunks) {
      const file = report.files.find((entry) => entry.file === chunk.file)
      for (const measure of ['raw', 'gzip', 'brotli'] as const) {
        const sum = chunk.modules.reduce((total, module) => total + module[measure], 0)
        expect(`${chunk.file} ${measure} ${sum}`).toBe(`${chunk.file} ${measure} ${file?.[measure]}`)
      }
    }
    const modules = new Set(report.chunks.flatMap((chunk) => chunk.modules.map((module) => module.id)))
    for (const id of ['src/main.js', 'src/settings.json', 'src/greet.js', 'src/main.css', 'src/about.css']) {
      expect(modules).toContain(id)
    }
    expect(report.packages).toMatchObject([{ name: 'tiny-format', version: '2.1.0' }])
    expect(report.routes.map((route) => route.module)).toContain('src/about.js')
    // With the option, what it says to be loaded besides is part of the route.
    const about = report.routes.find((route) => route.path === '/about')
    const files = about?.firstLoad.files.join(' ') ?? 'lazy-'
    expect(files).toContain('lazy-')
  },
})
