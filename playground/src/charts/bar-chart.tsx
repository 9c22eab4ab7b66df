import type { Slice } from '../../shared/api.ts'
import { formatNumber } from '../app/format.ts'
import styles from './charts.module.css'

interface BarChartProps {
  label: string
  slices: readonly Slice[]
  format?: (value: number) => string
}

/** Named values as lying bars, with the figure written out: a table that can be seen. */
export function BarChart({ label, slices, format = formatNumber }: BarChartProps) {
  const highest = Math.max(...slices.map((slice) => slice.value), 1)
  return (
    <table className={styles.bars}>
      <caption className="visually-hidden">{label}</caption>
      <tbody>
        {slices.map((slice) => (
          <tr key={slice.label}>
            <th scope="row">{slice.label}</th>
            <td className={styles.track}>
              <div className={styles.bar} style={{ '--share': `${(slice.value / highest) * 100}%` }} />
            </td>
            <td className={styles.value}>{format(slice.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
