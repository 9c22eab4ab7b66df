import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Vite's files as they stand in a stack trace. */
const FRAME = /(file:\/\/\S+?|\/\S+?|[A-Z]:\S+?)[/\\]dist[/\\]node[/\\]chunks[/\\]/

/**
 * The version of the Vite that calls a hook, by the hook's `this`; nothing before Vite 7, which gives hooks of the config none.
 */
export function viteVersionOf(context: unknown): string | undefined {
  const version = (context as { readonly meta?: { readonly viteVersion?: unknown } } | undefined)?.meta?.viteVersion
  return typeof version === 'string' ? version : undefined
}

/**
 * The Vite that runs a build, for a hook that has to start another one. It must be the very same module: another copy refuses plugins
 * that this one has seen. No hook is told where Vite lies, so its place is read off the stack; looking it up by name from the app, then
 * from here, comes second. To be called before the hook awaits anything.
 *
 * @param version {@link viteVersionOf} the hook's `this`
 * @param missing the error when it cannot be found
 * @returns loads it
 */
export function viteFinder<Vite extends { readonly version: string }>(
  root: string,
  version: string | undefined,
  missing: (version: string, root: string) => Error,
): () => Promise<Vite> {
  const frame = FRAME.exec(new Error('where are we').stack ?? '')?.[1]
  const base = frame?.startsWith('file:') === false ? pathToFileURL(frame).href : frame
  const candidates = [base && `${base}/dist/node/index.js`, fromApp(root), 'vite']
  return async () => {
    for (const candidate of candidates) {
      if (candidate === undefined) continue
      const vite = (await import(candidate).catch(() => undefined)) as Vite | undefined
      if (vite && vite.version === version) return vite
    }
    throw missing(version ?? 'before 7', root)
  }
}

function fromApp(root: string): string | undefined {
  try {
    return pathToFileURL(createRequire(join(root, 'package.json')).resolve('vite')).href
  } catch {
    return undefined
  }
}
