import { readFileSync } from 'node:fs'

/**
 * Text of a source file, `undefined` when it cannot be read. Synchronous on purpose: for hundreds of small files that
 * the bundler has just read, the thread pool costs several times more CPU than the reading.
 */
export function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
