import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import type { CharTable } from '../core/char-table.ts'

/** Tables of some twenty releases of a large app. Visitors stay in old tabs, but not for ever. */
const MOST_TABLES = 4000

/** Where the table of a content is kept: `modules/<hash>.json` in the folder for reports, which is never deployed. */
export function charTableFile(dir: string, hash: string): string {
  return join(dir, 'modules', `${hash}.json`)
}

/** Keeps the tables of a build beside those of earlier ones; the oldest go when there are too many. */
export async function writeCharTables(dir: string, tables: readonly CharTable[]): Promise<void> {
  if (tables.length === 0) return
  const folder = join(dir, 'modules')
  await mkdir(folder, { recursive: true })
  for (const table of tables) await writeAtomic(charTableFile(dir, table.hash), `${JSON.stringify(table)}\n`)
  await prune(folder)
}

/** The table of a content; nothing when no build is known that made it, or it was written by another version. */
export async function readCharTable(dir: string, hash: string): Promise<CharTable | undefined> {
  try {
    const table = JSON.parse(await readFile(charTableFile(dir, hash), 'utf8')) as CharTable
    return table.schemaVersion === 1 && table.hash === hash ? table : undefined
  } catch {
    return undefined
  }
}

async function prune(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  if (files.length <= MOST_TABLES) return
  const ages = await Promise.all(files.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  ages.sort((a, b) => a.at - b.at)
  for (const { name } of ages.slice(0, files.length - MOST_TABLES)) await rm(join(folder, name), { force: true })
}
