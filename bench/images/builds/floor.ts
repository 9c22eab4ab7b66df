import { readFile, writeFile } from 'node:fs/promises'
import { mkdirSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import type { Plugin } from 'vite'
import { defaultSettings } from '../../../packages/images/src/quality/encoder-settings.ts'
import { qualityLike } from '../../../packages/images/src/quality/quality-scale.ts'
import { FORMATS, QUALITY, WIDTHS } from './variants.ts'

/** What cannot be done faster with this library: all of the work on all cores, the most expensive of it first, and no look at anything. */
export function floor(app: string, outDir: string): Plugin {
  return {
    name: 'bench:floor',
    async closeBundle() {
      const target = join(outDir, 'floor')
      mkdirSync(target, { recursive: true })
      const names = readdirSync(join(app, 'photos'))
      const photographs = await Promise.all(
        names.map(async (name) => {
          const bytes = await readFile(join(app, 'photos', name))
          return { name, bytes, width: (await sharp(bytes).metadata()).width }
        }),
      )
      const jobs = FORMATS.flatMap((format) =>
        photographs.flatMap(({ name, bytes, width }) =>
          [...new Set(WIDTHS.map((wanted) => Math.min(wanted, width)))].map((wanted) => ({
            format,
            name,
            bytes,
            width: wanted,
          })),
        ),
      ).toSorted((a, b) => (a.format === b.format ? b.width - a.width : a.format < b.format ? -1 : 1))
      const next = jobs.values()
      const work = async (): Promise<void> => {
        for (const { format, name, bytes, width } of next) {
          const { effort, chromaSubsampling, smartSubsample } = defaultSettings(format)
          const quality = qualityLike(QUALITY, format)
          const scaled = sharp(bytes).autoOrient().resize(width)
          const encoded =
            format === 'avif'
              ? scaled.avif({ quality, effort: effort!, chromaSubsampling: chromaSubsampling!, bitdepth: 8 })
              : scaled.webp({ quality, effort: effort!, smartSubsample: smartSubsample! })
          await writeFile(join(target, `${basename(name, '.jpg')}-${width}.${format}`), await encoded.toBuffer())
        }
      }
      await Promise.all(Array.from({ length: availableParallelism() }, work))
    },
  }
}
