import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Decode } from '../core/codec.ts'

/** The content of a file, or nothing when there is none any more. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Writes a sibling so that nobody sees half of it; one that has these bytes already keeps its time. Synchronous, unlike kit's `writeAtomic`:
 * there are three for every file, and five trips to the thread pool for each would cost more than all the rest of a warm build.
 */
export function writeSibling(path: string, bytes: Uint8Array, isThere: boolean): void {
  if (isThere && readIfThere(path)?.equals(bytes)) return
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    write(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    // `filename` may put siblings into a folder of their own.
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}

/** Whether a stream decodes to exactly this content. What decodes to more is not read to its end. */
export async function decodesTo(stream: Uint8Array, content: Buffer, decode: Decode): Promise<boolean> {
  const decoded = await decode(stream, content.byteLength).catch(() => undefined)
  return decoded !== undefined && decoded.equals(content)
}
