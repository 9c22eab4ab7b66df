import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openArchive } from '../release-archive.ts'
import { parseIndex, RELEASE_INDEX } from '../release-index.ts'
import type { HistorySource } from './fetch-history.ts'
import { recordsOf } from './index-records.ts'

/**
 * A directory: an archive of another checkout, or an output that was deployed before.
 *
 * @param now milliseconds since the epoch
 */
export function directoryHistory(dir: string, now: number): HistorySource {
  if (existsSync(join(dir, RELEASE_INDEX))) return outputHistory(dir, now)
  const notOurs: string[] = []
  const archive = openArchive(dir, (message) => notOurs.push(message), { isReadOnly: true })
  return {
    name: dir,
    async releases() {
      if (!existsSync(dir)) throw new Error('there is no such directory')
      return archive.list()
    },
    content: (sha256) => archive.read(sha256),
  }
}

function outputHistory(dir: string, now: number): HistorySource {
  return {
    name: dir,
    async releases() {
      const index = parseIndex(await readFile(join(dir, RELEASE_INDEX), 'utf8'))
      if (!index) throw new Error(`its ${RELEASE_INDEX} is damaged, or of another version`)
      return recordsOf(index, now)
    },
    async content(sha256, { files }) {
      const entry = files.find((file) => file.sha256 === sha256)
      return entry && readFile(join(dir, entry.file)).catch(() => undefined)
    },
  }
}
