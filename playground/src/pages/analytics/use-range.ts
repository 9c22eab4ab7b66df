import { useSearchParams } from 'react-router'
import type { Range } from '../../../shared/api.ts'

export const RANGES: readonly { value: Range; label: string }[] = [
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days' },
]

/** The period in the address, so that a link shows what its sender saw. */
export function useRange(): Range {
  const [parameters] = useSearchParams()
  return RANGES.find(({ value }) => value === parameters.get('range'))?.value ?? '30d'
}
