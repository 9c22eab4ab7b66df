import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'
import type { Pixels } from '../../packages/images/src/quality/pixels.ts'

/** A photograph of an MIT-licensed template on npm, which bench/package.json installs. */
export interface Photograph {
  readonly name: string
  readonly file: string
}

const FOLDER = 'dist/assets/img'
/** Those that builds are measured with: the backgrounds and samples of four templates. Some are small, all are of their own subject. */
const OF_BUILDS: Readonly<Record<string, readonly string[]>> = {
  'clean-blog': ['about-bg', 'contact-bg', 'home-bg', 'post-bg', 'post-sample-image'],
  creative: ['bg-masthead'],
  grayscale: ['bg-masthead', 'bg-signup', 'demo-image-01', 'demo-image-02'],
  'landing-page': ['bg-masthead', 'bg-showcase-1', 'bg-showcase-2', 'bg-showcase-3'],
}
const FIRST_TEMPLATES = Object.keys(OF_BUILDS)
const ALL_TEMPLATES = [...FIRST_TEMPLATES, 'agency', 'business-casual', 'one-page-wonder', 'stylish-portfolio']

const WIDTHS: readonly number[] = [480, 960, 1600]

/** What is saved at one score depends on how much photographs differ, so it is told for more than one set of them. */
export interface PhotographSet {
  readonly name: string
  readonly photographs: readonly Photograph[]
}

/** Every photograph that the templates have, but for copies and for those narrower than the least width; and two parts of that. */
export async function photographSets(): Promise<readonly [PhotographSet, ...PhotographSet[]]> {
  const all = await everyPhotograph(ALL_TEMPLATES)
  const first = all.filter(({ name }) => FIRST_TEMPLATES.some((template) => name.startsWith(`${template}/`)))
  return [
    { name: 'eight templates', photographs: all },
    { name: 'four of them', photographs: first },
    { name: 'those of the builds', photographs: photographs() },
  ]
}

export function photographs(): Photograph[] {
  return Object.entries(OF_BUILDS).flatMap(([template, names]) =>
    names.map((name) => ({ name: `${template}/${basename(name)}`, file: join(folderOf(template), `${name}.jpg`) })),
  )
}

async function everyPhotograph(templates: readonly string[]): Promise<Photograph[]> {
  const known = new Set<string>()
  const found: Photograph[] = []
  for (const template of templates) {
    const folder = folderOf(template)
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jpg'))
    for (const name of names.toSorted()) {
      const bytes = readFileSync(join(folder, name))
      const digest = createHash('sha256').update(bytes).digest('hex')
      const { width } = await sharp(bytes).metadata()
      if (known.has(digest) || width < WIDTHS[0]!) continue
      known.add(digest)
      found.push({ name: `${template}/${name.replace(/\.jpg$/, '')}`, file: join(folder, name) })
    }
  }
  return found
}

function folderOf(template: string): string {
  const { resolve } = createRequire(import.meta.url)
  return join(dirname(resolve(`startbootstrap-${template}/package.json`)), FOLDER)
}

/** A photograph at the widths that a site would serve: those it has, and its own where a wanted one is larger. */
export async function atWidths({ file }: Photograph): Promise<Pixels[]> {
  const { width } = await sharp(file).metadata()
  const widths = new Set(WIDTHS.map((wanted) => Math.min(wanted, width)))
  return Promise.all([...widths].map((wanted) => atWidth(file, wanted)))
}

export async function atWidth(file: string, width: number): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize(width)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}
