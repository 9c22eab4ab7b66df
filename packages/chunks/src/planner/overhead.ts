/** Import and export statements, and the chunk's part in the lists of others. */
const GLUE_BYTES = 150
/** Bytes of lost context per square root of the chunk's size: the compressor starts anew, and learns most from the first few kilobytes. */
const CONTEXT_BYTES = 13
/** Nothing more is lost beyond this. */
const MOST_CONTEXT_BYTES = 1850

/**
 * What a file of that many bytes has more than its modules have as a part of one big file. Fitted to the chunks of builds of
 * bulletproof-react: 180–600 bytes for chunks below 1 kB, 1–1.2 kB for 3–6 kB, about 2 kB from 12 kB on; and 24.7 small chunks less
 * are 11.7 kB less in shadcn-admin.
 */
export function overheadOf(bytes: number): number {
  return GLUE_BYTES + Math.min(MOST_CONTEXT_BYTES, CONTEXT_BYTES * Math.sqrt(bytes))
}
