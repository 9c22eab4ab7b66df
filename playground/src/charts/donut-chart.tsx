import type { Slice } from '../../shared/api.ts'
import { formatNumber } from '../app/format.ts'
import styles from './charts.module.css'
import { arcPath } from './scale.ts'

interface DonutChartProps {
  label: string
  slices: readonly Slice[]
  format?: (value: number) => string
}

/** Parts of a whole, with a legend that holds the figures. */
export function DonutChart({ label, slices, format = formatNumber }: DonutChartProps) {
  const total = slices.reduce((sum, slice) => sum + slice.value, 0) || 1
  const ends = slices.map((_, index) => slices.slice(0, index + 1).reduce((sum, slice) => sum + slice.value, 0) / total)
  return (
    <figure className={styles.donut}>
      <svg viewBox="0 0 120 120" role="img" aria-label={`${label}: ${format(total)} in all`}>
        {slices.map((slice, index) => (
          <path
            key={slice.label}
            data-series={index + 1}
            className={styles.slice}
            d={arcPath(60, 58, 38, ends[index - 1] ?? 0, ends[index]!)}
          />
        ))}
        <text x="60" y="65" textAnchor="middle" className={styles.total}>
          {format(total)}
        </text>
      </svg>
      <figcaption>
        <ul className={styles.slices}>
          {slices.map((slice, index) => (
            <li key={slice.label} data-series={index + 1} className={styles.key}>
              <span>{slice.label}</span>
              <b>{format(slice.value)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
