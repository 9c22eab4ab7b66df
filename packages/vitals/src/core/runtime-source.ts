import { posix } from 'node:path'
import type { ResolvedVitalsOptions } from '../resolve-options.ts'
import { apiPattern, type TableRoute } from './route-table.ts'

/** What of the runtime the app uses, which the build sees. */
export interface UsedParts {
  /** `operation()`. */
  readonly operations: boolean
  /** Somebody listens in the page: `subscribe`, `onViolation`, the overlay. */
  readonly subscribe: boolean
}

export interface RuntimeRequest {
  readonly options: ResolvedVitalsOptions
  readonly used: UsedParts
  readonly routes: readonly TableRoute[]
  /** The build makes a service worker, which says what its caches do. */
  readonly hasWorker: boolean
  /** Share of pages that send; 0 where the page is only looked at. */
  readonly sampleRate: number
  /** The overlay as a part, with the source text of the SLA; or the file beside this one that is loaded when the address asks for it. */
  readonly overlay?: { readonly inPage: string } | { readonly file: string } | undefined
}

/** Imports a name from a file. @returns the name */
type Use = (name: string, file: string) => string

/**
 * The program of the runtime: it imports only the parts that the options turn on.
 *
 * @param dir folder of the sources for the browser, with `/`
 */
export function runtimeSource({ options, routes, hasWorker, overlay }: RuntimeRequest, dir: string): string {
  const imports: string[] = []
  const use: Use = (name, file) => {
    imports.push(`import { ${name} } from ${JSON.stringify(`${dir}/${file}`)}`)
    return name
  }
  const start = use('start', 'runtime/start.ts')
  const vitals = use('observeVitals', 'runtime/vitals.ts')
  const frames = options.attribution ? use('observeFrames, explain', 'runtime/attribution.ts').split(', ') : []
  const routeChanges = use('observeRouteChanges', 'runtime/route-changes.ts')
  const parts = [
    ...frames.slice(0, 1),
    `() => ${vitals}(${frames[1] ?? ''})`,
    ...filesSource(options, use),
    ...(options.errors ? [use('observeErrors', 'runtime/errors.ts')] : []),
    ...(options.bytes && hasWorker ? [use('observeCaches', 'runtime/caches.ts')] : []),
    ...(options.tti ? [use('observeTti', 'runtime/tti.ts')] : []),
    ...(overlay === undefined
      ? []
      : 'file' in overlay
        ? [`() => ${use('loadOverlay', 'overlay/load-overlay.ts')}(${JSON.stringify(posix.basename(overlay.file))})`]
        : [`() => ${use('showOverlay', 'overlay/show-overlay.ts')}(${overlay.inPage})`]),
    // It throws where there is no Navigation API: the last one.
    routeChanges,
  ]
  const table = routes.map(({ pattern }) => String(pattern))
  return `${imports.join('\n')}\n${start}([${table.join(', ')}], [${parts.join(', ')}])\n`
}

/** What reads the files of the page. One observer for all: being called costs the main thread something, and so does every entry. */
function filesSource(options: ResolvedVitalsOptions, use: Use): string[] {
  const readers = [
    ...(options.api === false ? [] : [`${use('readApiCall', 'runtime/api-calls.ts')}(file, calls)`]),
    ...(options.bytes ? [`${use('addBytes', 'runtime/bytes.ts')}(file)`] : []),
  ]
  if (readers.length === 0) return []
  const observe = use('observe', 'runtime/browser.ts')
  const calls = options.api === false ? '' : `const calls = ${apiSource(options)}`
  return [`() => { ${calls}; ${observe}('resource', (file) => { ${readers.join('; ')} }) }`]
}

/** What the sources for the browser call by these names. */
export function runtimeDefines({ options, used, sampleRate }: RuntimeRequest): Record<string, string> {
  return {
    PACELINE_ENDPOINT: JSON.stringify(options.endpoint),
    PACELINE_SAMPLE_RATE: JSON.stringify(sampleRate),
    PACELINE_CONSENT: JSON.stringify(options.consent),
    PACELINE_SUBSCRIBE: JSON.stringify(used.subscribe),
    PACELINE_OPERATIONS: JSON.stringify(used.operations),
    PACELINE_BYTES: JSON.stringify(options.bytes),
  }
}

/** Our own beacons are calls, too, and nobody waits for them. */
function apiSource({ api, endpoint }: ResolvedVitalsOptions): string {
  const [, first = ''] = /^\/([^/]+)/.exec(endpoint) ?? []
  if (!Array.isArray(api)) return `[[/^\\/${first === '' ? '' : `(?!${first.replaceAll(/\W/g, '\\$&')})`}/, 'api']]`
  return `[${(api as readonly string[]).map((one) => `[${String(apiPattern(one))}, ${JSON.stringify(one)}]`).join(', ')}]`
}
