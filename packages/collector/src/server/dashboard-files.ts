import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface DashboardFile {
  readonly body: Buffer
  readonly type: string
  /** Whether the name changes with the content. */
  readonly hashed: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Nothing is drawn but what we wrote, nothing is loaded but from here, and nobody frames it. */
export const DASHBOARD_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** In the package, seen from its source and from what is built of it. */
export const DASHBOARD_DIR: string = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dashboard/dist/' : '../dashboard/dist/', import.meta.url),
)

/** Reads the dashboard into memory: it is small, and a request never names a path of the disk. Empty when it is not built. */
export async function readDashboard(dir: string = DASHBOARD_DIR): Promise<Map<string, DashboardFile>> {
  const files = new Map<string, DashboardFile>()
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const name = relative(dir, file).split(sep).join('/')
    files.set(name, { body: await readFile(file), type, hashed: name.startsWith('assets/') })
  }
  return files
}
