import { hash } from 'node:crypto'
import { readFileSync, rmSync, type BigIntStats } from 'node:fs'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import type { InputDigest } from '../artifact.ts'

/** What was found out about a file by reading all of it. */
export interface NotedInput {
  readonly digest: InputDigest
  /** What kind of file it is, in the words of those who have read it. */
  readonly kind: string
}

/**
 * Digests of files that are what they were when they were read, by what the file system says of them: device, inode, size, and the times of the last
 * change of content and of anything, in nanoseconds. The rule of git's index, whose racily clean files are not noted here at all
 * (https://git-scm.com/docs/racy-git). No path is kept: a file that was moved is another one.
 */
export interface KnownInputs {
  /** @param stats of the file as it is */
  find(stats: BigIntStats): NotedInput | undefined
  /**
   * Notes what was read, unless that may not be what lies there.
   *
   * @param before stats from before it was read
   * @param after stats from after that
   */
  note(before: BigIntStats, after: BigIntStats, input: NotedInput): void
  /** Forgets all that was noted: one of them was wrong. */
  forget(): void
}

export interface InputDigests extends KnownInputs {
  /** Writes what is new. A directory that cannot be written costs the next build the reading, no more. */
  save(): Promise<void>
}

type Row = [identity: string, digest: string, kind: string, usedOn: number]

const DAY = 86_400_000
/** Files that nobody asked for this long, days, are forgotten. */
const KEPT_FOR = 30
/** 3 MB of names. The ones used last stay. */
const MOST = 20_000
/**
 * Milliseconds that a file must have been left alone before it is read: within the coarsest clock of a file system in use, 2 s of FAT's, it could be
 * written once more and look the same.
 */
const SETTLED = 3000

/** @param dir of the cache */
export function inputDigests(dir: string, now: () => number = Date.now): InputDigests {
  let rows: Map<string, Row> | undefined
  let isNew = false
  const known = (): Map<string, Row> => (rows ??= readRows(dir))
  const today = (): number => Math.floor(now() / DAY)
  return {
    find(stats) {
      const row = known().get(identityOf(stats))
      if (!row) return undefined
      const [, digest, kind, usedOn] = row
      if (usedOn !== today()) {
        row[3] = today()
        isNew = true
      }
      return { digest: digest as InputDigest, kind }
    },
    note(before, after, { digest, kind }) {
      const identity = identityOf(before)
      const changedAt = Number((before.mtimeNs > before.ctimeNs ? before.mtimeNs : before.ctimeNs) / 1_000_000n)
      // Without inodes two files can look the same.
      if (before.ino === 0n || identity !== identityOf(after) || changedAt + SETTLED > now()) return
      known().set(identity, [identity, digest, kind, today()])
      isNew = true
    },
    forget() {
      rows = new Map()
      isNew = true
    },
    async save() {
      if (!isNew) return
      isNew = false
      const kept = [...known().values()].filter(([, , , usedOn]) => today() - usedOn <= KEPT_FOR)
      const newest = kept.toSorted(([, , , one], [, , , other]) => other - one).slice(0, MOST)
      const text = JSON.stringify(newest)
      await writeAtomic(fileOf(dir), `${hash('sha256', text, 'hex')}\n${text}`).catch(() => undefined)
    },
  }
}

/** Forgets all: whoever clears a cache wants everything to be read again. */
export function forgetInputDigests(dir: string): void {
  rmSync(fileOf(dir), { force: true })
}

/** What is damaged, or in the form of another version, is as good as nothing. */
function readRows(dir: string): Map<string, Row> {
  try {
    const [digest, text = ''] = readFileSync(fileOf(dir), 'utf8').split('\n', 2)
    if (hash('sha256', text, 'hex') === digest) {
      return new Map((JSON.parse(text) as Row[]).map((row) => [row[0], row]))
    }
  } catch {
    // There is none.
  }
  return new Map()
}

function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':')
}

function fileOf(dir: string): string {
  return join(dir, 'inputs-v1')
}
