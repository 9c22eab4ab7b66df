import type { Point } from '../../shared/api.ts'
import { formatCompact, formatDay, formatNumber } from '../app/format.ts'
import styles from './charts.module.css'
import { linear, linePath, ticks } from './scale.ts'
import { usePointer } from './use-pointer.ts'
import { useWidth } from './use-width.ts'

interface AreaChartProps {
  /** What is drawn, for the legend and for screen readers. */
  label: string
  series: readonly { name: string; points: readonly Point[] }[]
  height?: number
}

const MARGIN = { top: 10, right: 8, bottom: 24, left: 42 }

/** Values over days. All series have the same days. */
export function AreaChart({ label, series, height = 240 }: AreaChartProps) {
  const [ref, width] = useWidth()
  const days = series[0]?.points ?? []
  const highest = Math.max(...series.flatMap(({ points }) => points.map((point) => point.value)), 0)
  const rows = ticks(highest)
  const x = linear([0, days.length - 1], [MARGIN.left, width - MARGIN.right])
  const y = linear([0, rows.at(-1)!], [height - MARGIN.bottom, MARGIN.top])
  const { index, handlers } = usePointer(days.length, MARGIN.left, width - MARGIN.right)
  const every = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor(width / 90))))

  return (
    <figure ref={ref} className={styles.figure}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={describe(label, series)}
        {...handlers}
      >
        {rows.map((value) => (
          <g key={value}>
            <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} className={styles.rule} />
            <text x={MARGIN.left - 8} y={y(value) + 4} textAnchor="end" className={styles.axis}>
              {formatCompact(value)}
            </text>
          </g>
        ))}
        {days.map((point, day) =>
          day % every === 0 ? (
            <text
              key={point.day}
              x={x(day)}
              y={height - 6}
              textAnchor={day === 0 ? 'start' : 'middle'}
              className={styles.axis}
            >
              {formatDay(point.day)}
            </text>
          ) : null,
        )}
        {series.map(({ name, points }, order) => {
          const line = linePath(points.map((point, day) => [x(day), y(point.value)]))
          return (
            <g key={name} data-series={order + 1} className={styles.series}>
              <path d={`${line}L${x(points.length - 1)},${y(0)}L${x(0)},${y(0)}Z`} className={styles.area} />
              <path d={line} className={styles.line} />
              {index !== null && points[index] && (
                <circle cx={x(index)} cy={y(points[index].value)} r={4} className={styles.dot} />
              )}
            </g>
          )
        })}
        {index !== null && (
          <line x1={x(index)} x2={x(index)} y1={MARGIN.top} y2={height - MARGIN.bottom} className={styles.cursor} />
        )}
      </svg>
      <figcaption className={styles.legend}>
        {series.map(({ name, points }, order) => (
          <span key={name} data-series={order + 1} className={styles.key}>
            {name}
            {index !== null && points[index] && (
              <b>
                {' '}
                {formatNumber(points[index].value)} on {formatDay(points[index].day)}
              </b>
            )}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function describe(label: string, series: AreaChartProps['series']): string {
  const parts = series.map(({ name, points }) => {
    const values = points.map((point) => point.value)
    return `${name}: from ${formatNumber(values[0] ?? 0)} to ${formatNumber(values.at(-1) ?? 0)}, highest ${formatNumber(Math.max(...values, 0))}`
  })
  return `${label}. ${parts.join('. ')}.`
}
