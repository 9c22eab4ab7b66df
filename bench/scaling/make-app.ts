import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cropPhotographs } from './crop-photographs.ts'

/** How large a made-up app is. */
export interface AppSize {
  readonly modules: number
  /** Public texts. */
  readonly assets: number
  /** Imported photographs. */
  readonly images: number
}

/** Modules of one lazily loaded feature. */
const FEATURE = 50
const WORDS =
  'account amount balance button city client column count currency customer date day detail draft email event export field file filter form group header image invoice item label limit list market member menu month name note number order owner page panel payment person price product profile project range rate region report result role row rule search section seller status step store table tax team text total type unit user value view week year'.split(
    ' ',
  )

/**
 * Writes an app: features of 50 modules of about 1 kB, each loaded lazily, in which a module imports two others. The same size gives the same files.
 *
 * @param folder is made
 */
export async function makeApp(folder: string, { modules, assets, images }: AppSize): Promise<void> {
  mkdirSync(join(folder, 'src'), { recursive: true })
  mkdirSync(join(folder, 'public/data'), { recursive: true })
  // Packages are those of this repository, the bench's own Vite among them.
  const repository = join(createRequire(import.meta.url).resolve('vite/package.json'), '../..')
  symlinkSync(fileURLToPath(new URL(`file://${repository}`)), join(folder, 'node_modules'), 'junction')
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
  write('package.json', JSON.stringify({ name: 'made-up', private: true, type: 'module' }))
  write(
    'index.html',
    '<!doctype html><title>Made up</title><div id="app"></div><script type="module" src="/src/main.js"></script>\n',
  )
  const features = Math.max(1, Math.ceil(modules / FEATURE))
  for (let feature = 0; feature < features; feature++) {
    const count = Math.min(FEATURE, modules - feature * FEATURE)
    mkdirSync(join(folder, `src/f${feature}`))
    for (let index = 0; index < count; index++) write(`src/f${feature}/m${index}.js`, moduleText(feature, index, count))
  }
  for (let index = 0; index < assets; index++) write(`public/data/d${index}.json`, dataText(index))
  const photographs = await cropPhotographs(images)
  mkdirSync(join(folder, 'src/photos'))
  for (const [index, photograph] of photographs.entries())
    writeFileSync(join(folder, `src/photos/p${index}.jpg`), photograph)
  write('src/main.js', mainText(features, images))
}

function mainText(features: number, images: number): string {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
  const photos = numbers(images).map((index) => `import p${index} from './photos/p${index}.jpg'`)
  const loads = numbers(features).map((index) => `() => import('./f${index}/m0.js')`)
  return `${photos.join('\n')}
import { line } from './line.js'
const photos = [${numbers(images)
    .map((index) => `p${index}`)
    .join(', ')}]
const features = [${loads.join(',\n')}]
const at = Number(location.hash.slice(1)) || 0
document.querySelector('#app').append(line, ...photos.map((src) => Object.assign(new Image(), { src })))
features[at]().then(({ run }) => document.querySelector('#app').append(run(at)))
`
}

/** Writes the module that a release changes. */
export function writeRelease(folder: string, release: number): void {
  writeFileSync(join(folder, 'src/line.js'), `export const line = 'Release ${release}'\n`)
}

/** A module imports the two that a heap would have below it: a feature is a tree, five or six levels deep. */
function moduleText(feature: number, index: number, count: number): string {
  const random = randomFrom(feature * 1009 + index + 1)
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)]!
  const below = [2 * index + 1, 2 * index + 2].filter((other) => other < count)
  const imports = below.map((other) => `import { run as run${other} } from './m${other}.js'`)
  const fields = Array.from(
    { length: 12 },
    (_, at) => `  ${word()}${at}: '${word()} ${word()} ${Math.floor(random() * 1e6)}',`,
  )
  const calls = below.map((other) => ` + run${other}(${word() === 'row' ? 'seed + 1' : 'seed'})`)
  return `${imports.join('\n')}
const labels = {
${fields.join('\n')}
}
export function run(seed) {
  const keys = Object.keys(labels)
  const picked = labels[keys[(seed + ${index}) % keys.length]]
  if (picked.length % 7 === ${index % 7}) return '${word()} ${word()}: ' + picked
  return picked${calls.join('')}
}
`
}

function dataText(index: number): string {
  const random = randomFrom(index + 7)
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)]!
  const rows = Array.from({ length: 60 }, (_, id) => ({
    id,
    name: `${word()} ${word()}`,
    value: Math.floor(random() * 1e5),
  }))
  return JSON.stringify(rows)
}

/** Mulberry32: the same seed gives the same numbers everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
