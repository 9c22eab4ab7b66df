import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { readCharTable, reportFile, type BuildReport, type CharTable } from '@paceline/build-graph'
import { parseCodeOwners } from '@paceline/collector'
import type { OwnersOf, ReleaseUpload, UploadedRoute } from '@paceline/collector'
import type { Positions } from '@paceline/kit'

/** Where GitHub, GitLab and Gitea look for it. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']

/**
 * What the collector is told of a build: enough of its report to name what is to blame, and who owns it.
 *
 * @param root of the app, absolute; CODEOWNERS is looked for in its repository
 * @param reportDir where the build has written the report and the tables of its scripts
 */
export async function readRelease(root: string, reportDir: string, report: BuildReport): Promise<ReleaseUpload> {
  const repository = repositoryOf(root)
  const ownersOf = await readCodeOwners(repository, relative(repository, root))
  const [positions, hashes] = await Promise.all([
    readPositions(reportDir, report),
    hashSources(root, reportDir, report),
  ])
  return releaseUpload(report, { positions, ownersOf, hashes })
}

/** What a report does not say. */
interface Known {
  readonly positions: Positions | undefined
  readonly ownersOf: OwnersOf | undefined
  readonly hashes: ReadonlyMap<string, string>
}

/** Of the sources of the app, which tell what changed without growing. Those of packages change with their versions, and their bytes. */
async function hashSources(root: string, reportDir: string, { chunks }: BuildReport): Promise<Map<string, string>> {
  const built = (await stat(reportFile(reportDir, 'client')).catch(() => undefined))?.mtimeMs ?? 0
  const ids = new Set(chunks.flatMap(({ modules }) => modules.map(({ id }) => id)))
  const own = [...ids].filter((id) => !id.includes('node_modules/') && !id.startsWith('['))
  const hashed = await Promise.all(
    own.map(async (id) => {
      // A server has the build and not the sources; and what a plugin made up has none. What was edited since the build is not what is in it.
      const file = join(root, id)
      const isBuilt = ((await stat(file).catch(() => undefined))?.mtimeMs ?? Infinity) <= built
      const source = isBuilt ? await readFile(file).catch(() => undefined) : undefined
      return source ? [[id, createHash('sha256').update(source).digest('hex').slice(0, 16)] as const] : []
    }),
  )
  return new Map(hashed.flat())
}

/** The directory with `.git`, or the app's own. */
function repositoryOf(root: string): string {
  for (let dir = root; ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return dir
    if (dirname(dir) === dir) return root
  }
}

function releaseUpload(report: BuildReport, { positions, ownersOf, hashes }: Known): ReleaseUpload {
  const { chunks } = report
  const release = releaseInBeacons(report)
  const modules = new Set(chunks.flatMap(({ modules }) => modules.map(({ id }) => id)))
  const owners = [...modules].flatMap((id) => {
    const found = ownersOf?.(id) ?? []
    return found.length > 0 ? [[id, found] as const] : []
  })
  return {
    schemaVersion: 1,
    release,
    report: report.release,
    routes: uploadedRoutes(report),
    chunks: chunks.map(({ file, modules }) => ({
      file,
      modules: modules.map(({ id, brotli }) => ({ id, brotli, hash: hashes.get(id) })),
    })),
    ...(positions === undefined ? {} : { positions }),
    owners: Object.fromEntries(owners),
  }
}

/** What pages call this release: it is in them, so it cannot be the hash over all files. The report's own where nothing measures. */
export function releaseInBeacons({ release, vitals }: Pick<BuildReport, 'release' | 'vitals'>): string {
  return vitals?.build ?? release
}

/** By the numbers that beacons have for them: the table that the build compiled into the pages. */
function uploadedRoutes({ routes, vitals }: BuildReport): UploadedRoute[] {
  const uploaded = routes.map(({ id, path, module, firstLoad: { files, brotli } }): UploadedRoute => ({
    id,
    ...(path === undefined ? {} : { path }),
    module,
    files: [...files],
    brotli,
  }))
  if (!vitals) return uploaded
  const known = new Map(uploaded.map((route) => [route.path ?? route.id, route]))
  return vitals.routes.map((path) => known.get(path) ?? { id: path, path, module: '', files: [], brotli: 0 })
}

/** Which module wrote what of the scripts of a build; `undefined` where nothing is known of any. */
async function readPositions(reportDir: string, report: BuildReport): Promise<Positions | undefined> {
  const scripts = report.files.filter(({ kind }) => kind === 'js')
  const tables = await Promise.all(scripts.map(({ hash }) => readCharTable(reportDir, hash)))
  const known = tables.filter((table) => table !== undefined)
  if (known.length === 0) return undefined
  const modules = [...new Set(known.flatMap((table) => table.modules))]
  const indexes = new Map(modules.map((id, index) => [id, index]))
  const files = known.map((table) => {
    const { file, hash, lines } = table
    return [basename(file), { hash, ranges: rangesOf(table, indexes), ...(lines && { lines }) }] as const
  })
  return { schemaVersion: 1, release: releaseInBeacons(report), modules, files: Object.fromEntries(files) }
}

function rangesOf({ modules, runs }: CharTable, indexes: ReadonlyMap<string, number>): number[] {
  const ranges: number[] = []
  let offset = 0
  for (let run = 0; run < runs.length; run += 2) {
    const id = modules[runs[run + 1]!]
    ranges.push(offset, id === undefined ? -1 : indexes.get(id)!)
    offset += runs[run]!
  }
  return ranges
}

/** Looks upwards from the app to the root of its repository. Module ids are relative to the app, the patterns to the repository. */
async function readCodeOwners(repository: string, appInRepository: string): Promise<OwnersOf | undefined> {
  for (const name of CODEOWNERS) {
    const text = await readFile(join(repository, name), 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const ownersOf = parseCodeOwners(text)
    return (id) => (id.includes('node_modules/') ? [] : ownersOf(join(appInRepository, id).split('\\').join('/')))
  }
  return undefined
}
