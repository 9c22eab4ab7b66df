/**
 * Failures that pass by themselves: too many open files, no memory or no thread at this moment. `ERR_ZLIB_INITIALIZATION_FAILED` is
 * zlib's word for memory that it did not get.
 */
const TRANSIENT: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'EAGAIN',
  'ENOMEM',
  'ERR_WORKER_OUT_OF_MEMORY',
  'ERR_ZLIB_INITIALIZATION_FAILED',
])

/** Whether doing the same again in a moment may go well. */
export function isTransient(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (TRANSIENT.has(String((at as NodeJS.ErrnoException).code))) return true
  }
  return false
}
