import { posix } from 'node:path'

/** The attribute by which the runtime finds its tag, and in it what beacons say as their release. */
const BUILD_ATTRIBUTE = 'data-paceline'

export interface RuntimeTag {
  readonly src: string
  readonly build: string
  readonly integrity?: string | undefined
}

/** Loads the runtime behind everything that the page needs: it never holds back parsing, and asks for nothing before others do. */
export function runtimeAttributes({ src, build, integrity }: RuntimeTag): Record<string, string | boolean> {
  return {
    type: 'module',
    async: true,
    crossorigin: true,
    fetchpriority: 'low',
    src,
    ...(integrity === undefined ? {} : { integrity }),
    [BUILD_ATTRIBUTE]: build,
  }
}

/**
 * The URL of a file in a page.
 *
 * @param base as in the Vite config; `''` and `./` make it relative to the page
 * @param page path of the page in the output, with `/`
 */
export function urlInPage(file: string, base: string, page: string): string {
  if (base !== '' && base !== './') return base + file
  const path = posix.relative(posix.dirname(page.replace(/^\//, '')), file)
  return path.startsWith('.') ? path : `./${path}`
}
