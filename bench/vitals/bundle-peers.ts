import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { minify } from 'terser'
import { assembleRuntime, bundleProgram } from '../../packages/vitals/src/adapters/assemble-runtime.ts'
import { routeTable } from '../../packages/vitals/src/core/route-table.ts'
import type { VitalsOptions } from '../../packages/vitals/src/options.ts'
import { resolveVitalsOptions } from '../../packages/vitals/src/resolve-options.ts'

/** What a page downloads to measure its vitals. */
export interface BundledSize {
  readonly name: string
  /** What is in it. */
  readonly what: string
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

const five = '{ onCLS, onFCP, onINP, onLCP, onTTFB }'
const calls =
  'for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on((metric) => navigator.sendBeacon("/b", JSON.stringify(metric)), { reportSoftNavs: true })'

/** The program that its README begins with. */
export const WEB_VITALS: string = `import ${five} from 'web-vitals'\n${calls}`
/** The same with nobody to tell. */
export const WEB_VITALS_UNHEARD: string = `import ${five} from 'web-vitals'\nfor (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(() => {}, { reportAllChanges: true, reportSoftNavs: true })`
export const WEB_VITALS_ATTRIBUTION: string = `import ${five} from 'web-vitals/attribution'\n${calls}`

interface Peer {
  readonly name: string
  readonly what: string
  readonly source?: string
  /** Files of a program that is made by putting them one after the other: it is no module. */
  readonly scripts?: readonly string[]
}

/** The smallest program of each that does what it is for, as its documentation starts. */
const PEERS: readonly Peer[] = [
  {
    name: 'web-vitals',
    what: 'five metrics, sendBeacon per metric',
    source: WEB_VITALS,
  },
  {
    name: 'web-vitals/attribution',
    what: 'the same with attribution',
    source: WEB_VITALS_ATTRIBUTION,
  },
  {
    name: 'perfume.js',
    what: 'vitals and resources, no delivery',
    source:
      "import { initPerfume } from 'perfume.js'\ninitPerfume({ analyticsTracker: (entry) => navigator.sendBeacon('/b', JSON.stringify(entry)) })",
  },
  { name: 'LUX', what: 'its script', source: "import '@speedcurve/lux'" },
  {
    name: 'boomerang',
    what: 'core, round trip, continuity, event timing',
    scripts: [
      'boomerang.js',
      'plugins/rt.js',
      'plugins/painttiming.js',
      'plugins/continuity.js',
      'plugins/eventtiming.js',
    ].map((file) => `boomerangjs/${file}`),
  },
  {
    name: 'Grafana Faro',
    what: 'web SDK as it starts',
    source: "import { initializeFaro } from '@grafana/faro-web-sdk'\ninitializeFaro({ url: '/b', app: { name: 'x' } })",
  },
  {
    name: 'Sentry',
    what: 'browser SDK with tracing',
    source:
      "import { browserTracingIntegration, init } from '@sentry/browser'\ninit({ dsn: 'https://x@example.com/1', integrations: [browserTracingIntegration()], tracesSampleRate: 1 })",
  },
]

const OURS: readonly { readonly what: string; readonly options: VitalsOptions }[] = [
  { what: 'five metrics, operations, routes, delivery', options: { attribution: false, bytes: false, errors: false } },
  { what: 'the same with attribution', options: { bytes: false, errors: false } },
  { what: 'all: with bytes, cache hits and errors', options: {} },
]

/** Everything bundled and minified by the same program, into one file without anything left to load. */
export async function bundleAll(root: string): Promise<BundledSize[]> {
  const sizes: BundledSize[] = []
  for (const { what, options } of OURS) {
    const code = await assembleRuntime({
      options: resolveVitalsOptions(options),
      sampleRate: 1,
      used: { operations: true, subscribe: false },
      routes: routeTable(['/', '/notes/:noteId'], '/'),
      hasWorker: false,
    })
    sizes.push({ name: 'Paceline', what, ...measure(code) })
  }
  for (const { name, what, source, scripts = [] } of PEERS) {
    process.stderr.write(`${name} …\n`)
    sizes.push({
      name,
      what,
      ...measure(source === undefined ? await joined(scripts, root) : await bundleProgram(source, {}, root)),
    })
  }
  return sizes
}

async function joined(scripts: readonly string[], root: string): Promise<string> {
  const code = scripts.map((file) => readFileSync(join(root, 'node_modules', file), 'utf8')).join('\n;')
  return (await minify(code, { ecma: 2020, compress: { passes: 3, ecma: 2020 } })).code ?? code
}

function measure(code: string): Pick<BundledSize, 'raw' | 'gzip' | 'brotli'> {
  const bytes = Buffer.from(code)
  return {
    raw: bytes.byteLength,
    gzip: gzipSync(bytes, { level: 9 }).byteLength,
    brotli: brotliCompressSync(bytes).byteLength,
  }
}
