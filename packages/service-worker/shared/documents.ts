/** A page of the output that the shell does not answer for. */
export interface DocumentFile {
  /** Relative to the scope. */
  readonly url: string
  /** The first 64 bits of the content's SHA-256, in base64url. */
  readonly digest: string
}

/** A portal's page does not begin with these 24 bits by chance; all of them would be most of the list. */
const LETTERS = 4

/** Every page that hosts answer under several addresses under one: `docs` is `docs/`, `docs/index.html` and `docs.html`. */
export function plainPath(path: string): string {
  return path
    .replace(/\.html?$/i, '')
    .replace(/(^|\/)index$/, '$1')
    .replace(/\/$/, '')
}

/** The pages as they stand in the worker. */
export function writeDocuments(files: readonly DocumentFile[]): string | undefined {
  const pages = files.map(({ url, digest }) => `${plainPath(url)}:${digest.slice(0, LETTERS)}`)
  return pages.length > 0 ? pages.toSorted().join(' ') : undefined
}

/**
 * @param text as {@link writeDocuments} writes it
 * @returns plain path → what the digest of its page begins with
 */
export function readDocuments(text: string): Map<string, string> {
  const pages = text.split(' ').map((page) => [page.slice(0, -LETTERS - 1), page.slice(-LETTERS)] as const)
  return new Map(text === '' ? [] : pages)
}
