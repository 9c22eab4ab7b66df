import { readFile, readdir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** What is read of `.paceline/report.json`. */
export interface Report {
  readonly files: readonly { readonly file: string; readonly raw: number }[]
  readonly routes: readonly { readonly id: string; readonly firstLoad: { readonly files: readonly string[] } }[]
  readonly budgets: readonly { readonly name: string; readonly status: string }[]
  readonly rules: readonly { readonly rule: string; readonly status: string }[]
  readonly ledger?: readonly LedgerLine[]
}

interface LedgerLine {
  readonly file: string
  readonly status: string
  readonly bytes: number
  readonly siblings?: readonly { readonly file: string; readonly bytes: number }[]
}

/** Reads the report of a Vite root. */
export async function readReport(root: string): Promise<Report> {
  return JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as Report
}

/** Sizes that the report and the ledger give, and that the disk gives otherwise; none when they agree. */
export async function wrongSizes(report: Report, dir: string): Promise<string[]> {
  const claims = [
    ...report.files.map(({ file, raw }) => ({ file, bytes: raw })),
    ...(report.ledger ?? []).flatMap(({ file, bytes, siblings = [] }) => [{ file, bytes }, ...siblings]),
  ]
  const wrong: string[] = []
  for (const { file, bytes } of claims) {
    const found = await stat(join(dir, file)).then(
      ({ size }) => `${size} B`,
      () => 'nothing',
    )
    if (found !== `${bytes} B`) wrong.push(`${file}: ${bytes} B in the report, ${found} on disk`)
  }
  return wrong
}

/** What delivery leaves in the output for the next build; no page asks for it. */
const FOR_BUILDS = 'paceline-releases.json'

/** Files of the output that the report does not know. */
export async function unknownFiles(report: Report, dir: string): Promise<string[]> {
  const known = new Set(report.files.map(({ file }) => file))
  const files = await readdir(dir, { recursive: true, withFileTypes: true })
  return files
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((file) => !known.has(file) && !/\.(?:gz|br|zst)$/.test(file) && file !== FOR_BUILDS)
    .toSorted()
}

/** What is text, and long enough that compressing it pays by default. */
const COMPRESSIBLE = { name: /\.(?:js|css|html|svg|json)$/, bytes: 1024 }

/** Siblings that files of the output lack, as they lie on disk, whatever the report says. */
export async function missingSiblings(dir: string): Promise<string[]> {
  const files = new Set((await readdir(dir, { recursive: true })).map((file) => file.split(sep).join('/')))
  const missing: string[] = []
  for (const file of files) {
    if (file === FOR_BUILDS || !COMPRESSIBLE.name.test(file)) continue
    if ((await stat(join(dir, file))).size < COMPRESSIBLE.bytes) continue
    missing.push(...['.br', '.gz', '.zst'].map((suffix) => file + suffix).filter((sibling) => !files.has(sibling)))
  }
  return missing.toSorted()
}

/** Budgets and rules that do not hold, by name. */
export function unmetVerdicts({ budgets, rules }: Report): string[] {
  return [
    ...budgets.map(({ name, status }) => ({ subject: `budget ${name}`, status })),
    ...rules.map(({ rule, status }) => ({ subject: `rule ${rule}`, status })),
  ].flatMap(({ subject, status }) => (status === 'fail' || status === 'warn' ? [`${subject}: ${status}`] : []))
}

/** Files that only browsers without modules load, and that a route counts all the same. */
export function legacyFiles({ routes }: Report): string[] {
  return routes.flatMap(({ id, firstLoad }) =>
    firstLoad.files.filter((file) => /-legacy-/.test(file)).map((file) => `${id}: ${file}`),
  )
}
