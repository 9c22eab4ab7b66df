import type { BuildReport, RouteEntry } from '@paceline/build-graph'
import picomatch from 'picomatch'
import { mediaType } from '../policy/mime-type.ts'

/** What of a report says what pages load. */
export type LoadReport = Pick<BuildReport, 'chunks' | 'files' | 'routes' | 'vitals'>

export interface LinkOptions {
  /** Where files are asked for: `/`, `/app/`, `https://cdn.example.com/x/`. */
  readonly base: string
  /**
   * Whether the page holds an import map. A module that is loaded before it, also by `modulepreload`, makes browsers without multiple import
   * maps (Chromium before 133, Safari before 18.4) ignore the map, and the app with it: `preload` then does the same without that.
   */
  readonly hasImportMap: boolean
  /** Links per page at most; the smallest files are left to the browser. */
  readonly limit: number
  /** Globs of fonts that every page shows at once. */
  readonly fonts: readonly string[]
  /** Globs of the largest picture at the top, by pattern of the route. */
  readonly heroes: Readonly<Record<string, string>>
  /**
   * What the page says that a file's hash is. A preload that does not say the same is not used, and the file downloaded again
   * (https://html.spec.whatwg.org/multipage/links.html#consume-a-preloaded-resource).
   */
  readonly integrityOf: (file: string) => string | undefined
}

/**
 * Values of `Link` headers for what a page loads first, for 103 Early Hints and for the answer. Styles go first, as nothing is shown without
 * them; then the hero, the scripts from the entry on, and fonts.
 *
 * All of them ask with CORS, as Vite's own tags do: a preload in another mode is downloaded twice.
 */
export function routeLinks(route: RouteEntry, report: LoadReport, options: LinkOptions): string[] {
  const bytes = new Map(report.files.map(({ file, brotli }) => [file, brotli]))
  const entries = new Set(report.chunks.filter(({ entry }) => entry).map(({ file }) => file))
  const kindOf = new Map(report.files.map(({ file, kind }) => [file, kind]))
  const ofKind = (kind: string): string[] => route.firstLoad.files.filter((file) => kindOf.get(file) === kind)
  // What measures the page waits until the page is there: nobody hurries it.
  const scripts = ofKind('js')
    .filter((file) => file !== report.vitals?.file)
    .sort((a, b) => Number(entries.has(b)) - Number(entries.has(a)))
  const isFont = picomatch([...options.fonts])
  const fonts = report.files.filter(({ file, kind }) => kind === 'font' && options.fonts.length > 0 && isFont(file))
  const hero = heroOf(route, report, options.heroes)
  const wanted: readonly Wanted[] = [
    ...ofKind('css').map((file): Wanted => ({ file, as: 'rel=preload; as=style; crossorigin' })),
    ...(hero === undefined ? [] : [{ file: hero, as: `rel=preload; as=image; fetchpriority=high; ${typeOf(hero)}` }]),
    ...scripts.map((file): Wanted => ({ file, as: scriptLink(options) })),
    ...[...new Set([...ofKind('font'), ...fonts.map(({ file }) => file)])].map((file): Wanted => ({
      file,
      as: `rel=preload; as=font; ${typeOf(file)}; crossorigin`,
    })),
  ]
  const kept = new Set(
    wanted
      .toSorted((a, b) => importance(b, hero, bytes) - importance(a, hero, bytes))
      .slice(0, options.limit)
      .map(({ file }) => file),
  )
  return wanted
    .filter(({ file }) => kept.has(file))
    .map(({ file, as }) => {
      const integrity = options.integrityOf(file)
      return `<${fileUrl(options.base, file)}>; ${as}${integrity === undefined ? '' : `; integrity="${integrity}"`}`
    })
}

interface Wanted {
  readonly file: string
  readonly as: string
}

function importance({ file, as }: Wanted, hero: string | undefined, bytes: ReadonlyMap<string, number>): number {
  return file === hero || as.includes('as=style') ? Infinity : (bytes.get(file) ?? 0)
}

function scriptLink({ hasImportMap }: LinkOptions): string {
  return hasImportMap ? 'rel=preload; as=script; crossorigin' : 'rel=modulepreload; crossorigin'
}

function typeOf(file: string): string {
  return `type="${mediaType(file)}"`
}

function heroOf(route: RouteEntry, { files }: LoadReport, heroes: LinkOptions['heroes']): string | undefined {
  const glob = heroes[route.path ?? route.id]
  if (glob === undefined) return undefined
  const matches = picomatch(glob)
  return files.find(({ file, kind }) => kind === 'image' && matches(file))?.file
}

/** URL of a file of the output, percent-encoded as browsers do. */
export function fileUrl(base: string, file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/')
  return `${base.endsWith('/') ? base : `${base}/`}${path.replaceAll('%40', '@').replaceAll('%24', '$').replaceAll('%2C', ',')}`
}
