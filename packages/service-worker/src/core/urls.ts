/** Where a site's worker lies and what it answers for. */
export interface WorkerPlace {
  /** The folder of the app below its origin, `/` or `/app/`; `./` where only the page knows. */
  readonly scope: string
  /** From where a file is served: relative to the scope, or on a CDN. */
  urlOf(file: string): string
}

/**
 * @param base of the Vite config: a path, relative, or the address of a CDN. Workers and pages are never on a CDN: the browser refuses workers of
 * other origins.
 */
export function workerPlace(base: string): WorkerPlace {
  if (/^(?:https?:)?\/\//.test(base)) {
    const cdn = base.endsWith('/') ? base : `${base}/`
    return { scope: '/', urlOf: (file) => (file.endsWith('.html') ? encodeFile(file) : cdn + encodeFile(file)) }
  }
  const scope = base.startsWith('/') ? (base.endsWith('/') ? base : `${base}/`) : './'
  return { scope, urlOf: encodeFile }
}

/** A file name as a URL has it. */
function encodeFile(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}
