import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MatrixApp } from '../apps.ts'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * The table of docs/any-app.md, in Markdown: what each app is, with the versions that it pins.
 *
 * @param folder of the apps
 */
export function appTable(apps: readonly MatrixApp[], folder: string): string {
  const rows = apps.map((app) => {
    const manifest = JSON.parse(readFileSync(join(folder, app.name, app.root ?? '.', 'package.json'), 'utf8'))
    const versions = app.shows.map((name) => `${name} ${versionOf(manifest, name, app)}`)
    const folderLink = `[${app.name}](../matrix/apps/${app.name})`
    return [app.what, versionOf(manifest, 'vite', app), versions.join(', '), folderLink, app.quick ? 'yes' : '']
  })
  return alignTable([['app', 'Vite', 'with', 'source', 'in `npm test`'], ...rows])
}

function versionOf({ dependencies, devDependencies }: Manifest, name: string, app: MatrixApp): string {
  const version = { ...dependencies, ...devDependencies }[name]
  if (version === undefined || !/^\d/.test(version))
    throw new Error(
      `\`${name}\` is not pinned in the package.json of ${app.name}; received ${version}. Name one version.`,
    )
  return version
}

/** As the formatter of this repository lays tables out. */
function alignTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(rows[0]!), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n')
}
