import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

/**
 * Every file below a directory, one after the other and in no order. What is not there, or goes away meanwhile, is left out. Synchronous calls: for
 * files this small they take a third of the time, and there are many. The event loop has its turn between directories.
 */
export async function* walkFiles(directory: string): AsyncGenerator<string> {
  const items = unlessGone(() => readdirSync(directory, { withFileTypes: true })) ?? []
  await setImmediate()
  for (const item of items) {
    const path = join(directory, item.name)
    if (item.isDirectory()) yield* walkFiles(path)
    else if (item.isFile()) yield path
  }
}

/** The result, or nothing when the file is not there: another process prunes at the same time. */
export function unlessGone<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
