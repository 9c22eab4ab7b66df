import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readOptions } from '../lib/read-options.ts'
import sharp from 'sharp'
import type { LossyFormat } from '../../packages/images/src/quality/encoder-settings.ts'
import type { Pixels } from '../../packages/images/src/quality/pixels.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { measureSettings, type SettingsFigures } from './encoder-settings.ts'
import { measureBuilds } from './builds/measure-builds.ts'
import { measureAgreement } from './other-metrics.ts'
import { atWidth, atWidths, photographSets, photographs } from './photographs.ts'
import { renderQuality, type QualityResults } from './render-quality.ts'
import { summariseTargets, type TargetSummary } from './summarise-targets.ts'
import { measureFixed, measureSpread, measureTarget, type TargetFigures } from './targets.ts'

/**
 * The bench of images: `npm run bench -- images [--parts builds,targets,agreement,settings] [--rounds 3] [--targets 80,70] [--write]`. `--write` puts
 * what was measured into RESULTS.md and leaves there what was not measured now.
 */

const RESULTS = resolve(import.meta.dirname, 'results.json')
const FORMATS: readonly LossyFormat[] = ['avif', 'webp']

/** What sharp takes when it is not told. */
const USUAL: Readonly<Record<LossyFormat, number>> = { avif: 50, webp: 80, jpeg: 80 }

const { values } = readOptions({
  options: {
    parts: { type: 'string', default: 'builds,targets,agreement' },
    targets: { type: 'string', default: '80,70' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
})
const parts = values.parts.split(',')
const measured: QualityResults = {
  date: new Date().toISOString().slice(0, 10),
  machine: describeMachine(),
  versions: versionsOf(['sharp', 'vips', 'aom', 'heif', 'webp', 'mozjpeg']),
  ...(parts.includes('builds') && { builds: await measureBuilds(Number(values.rounds)) }),
  ...(parts.includes('targets') && { targets: await measureTargets(values.targets.split(',').map(Number)) }),
  ...(parts.includes('agreement') && { agreement: await measureAgreement(await allAt(480)) }),
  ...(parts.includes('settings') && { settings: await measureAllSettings() }),
}
process.stdout.write(`${renderQuality(measured)}\n`)
if (values.write) {
  const all = { ...storedResults(), ...measured }
  writeFileSync(RESULTS, `${JSON.stringify(all, null, 2)}\n`)
  writeSection(resolve(import.meta.dirname, '../RESULTS.md'), renderQuality(all))
}

/** Each picture is searched for once; every set of photographs has a fixed quality of its own. */
async function measureTargets(targets: readonly number[]): Promise<TargetSummary[]> {
  const sets = await photographSets()
  const [{ photographs: all }] = sets
  const pictures = new Map<string, readonly Pixels[]>()
  for (const photograph of all) pictures.set(photograph.file, await atWidths(photograph))
  const ofSets = sets.map(({ name, photographs: some }) => ({
    set: name,
    photographs: some.length,
    pictures: some.flatMap(({ file }) => pictures.get(file) ?? []),
  }))
  const summaries: TargetSummary[] = []
  for (const format of FORMATS) {
    for (const target of targets) {
      const figures = new Map<Pixels, TargetFigures>()
      for (const picture of [...pictures.values()].flat()) {
        figures.set(picture, await measureTarget(picture, format, target))
        process.stderr.write(`\r${format}, target ${target}: ${figures.size} pictures `)
      }
      for (const { set, photographs: count, pictures: some } of ofSets) {
        const found = some.map((picture) => figures.get(picture)!)
        const fixed = await measureFixed(
          some,
          format,
          found.map((one) => one.found.quality),
        )
        const usual = await measureSpread(some, format, USUAL[format])
        summaries.push(summariseTargets({ set, photographs: count, format, target }, found, fixed, usual))
      }
    }
  }
  return summaries
}

async function measureAllSettings(): Promise<SettingsFigures[]> {
  const pictures = await allAt(960)
  const figures: SettingsFigures[] = []
  for (const format of ['avif', 'webp', 'jpeg'] as const) figures.push(...(await measureSettings(pictures, format)))
  return figures
}

/** The photographs that are at least as wide. */
async function allAt(width: number): Promise<Pixels[]> {
  const wide: Pixels[] = []
  for (const { file } of photographs()) {
    if ((await sharp(file).metadata()).width >= width) wide.push(await atWidth(file, width))
  }
  return wide
}

function versionsOf(names: readonly string[]): Record<string, string> {
  const versions: Readonly<Record<string, string | undefined>> = sharp.versions
  return Object.fromEntries(names.map((name) => [name, versions[name] ?? 'unknown']))
}

function storedResults(): QualityResults {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as QualityResults
  } catch {
    return {}
  }
}
