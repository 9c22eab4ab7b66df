import { useSearchParams } from 'react-router'
import type { Range } from '../../../shared/api.ts'
import { Segments } from '../../components/segments.tsx'
import { RANGES, useRange } from './use-range.ts'

export function RangePicker() {
  const range = useRange()
  const [, setParameters] = useSearchParams()
  return (
    <Segments
      label="Period"
      value={range}
      options={RANGES}
      onChange={(next: Range) => setParameters(next === '30d' ? {} : { range: next }, { replace: true })}
    />
  )
}
