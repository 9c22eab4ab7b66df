/** A size in the two encodings that are compared. */
export interface Pair {
  readonly gzip: number
  readonly brotli: number
}

/** What one tool says about a build: JavaScript files, and the modules in them. */
export interface Figures {
  /** By file, relative to the output directory. */
  readonly files: ReadonlyMap<string, Pair>
  /** By {@link moduleKey}. A module that a tool lists in several parts is their sum. */
  readonly modules: ReadonlyMap<string, Pair>
}

/** One module in one file. Ids are absolute paths with `/`, since every tool shortens them in a way of its own. */
export function moduleKey(file: string, id: string): string {
  return `${file}\n${id}`
}

/** Adds to what is there. */
export function add(map: Map<string, Pair>, key: string, { gzip, brotli }: Pair): void {
  const { gzip: oldGzip, brotli: oldBrotli } = map.get(key) ?? { gzip: 0, brotli: 0 }
  map.set(key, { gzip: oldGzip + gzip, brotli: oldBrotli + brotli })
}
