import type { Ledger } from '../core/ledger.ts'
import { compressOutput, type OutputRequest } from './compress-output.ts'
import { listOutput } from './list-output.ts'

/**
 * Compresses what came into an output after it was compressed, such as pages that the build of a server prerenders.
 *
 * @returns the ledger with what came, or nothing when nothing did
 */
export async function compressLate(ledger: Ledger, request: OutputRequest): Promise<Ledger | undefined> {
  const { options, isForeign } = request
  const files = listOutput(ledger.dir, isForeign).map(({ file }) => file)
  const late = new Set(files.filter((file) => options.isIncluded(file) && !ledger.records.has(file)))
  if (late.size === 0) return undefined
  const only = { ...options, isIncluded: (file: string) => late.has(file) }
  const { records } = await compressOutput({ ...request, options: only })
  return { ...ledger, records: new Map([...ledger.records, ...records]) }
}
