import { formatNumber } from '../app/format.ts'
import styles from './charts.module.css'

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Seven days of 24 hours, the darker the more. */
export function Heatmap({ label, hours }: { label: string; hours: readonly (readonly number[])[] }) {
  const highest = Math.max(...hours.flat(), 1)
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.heatmap}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Day</span>
            </th>
            {HOURS.map((hour, index) => (
              <th key={hour} scope="col">
                {index % 3 === 0 ? hour : <span className="visually-hidden">{hour}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((values, day) => (
            <tr key={DAYS[day]}>
              <th scope="row">{DAYS[day]}</th>
              {HOURS.map((hour, index) => (
                <td
                  key={hour}
                  style={{ '--heat': `${Math.round(((values[index] ?? 0) / highest) * 100)}%` }}
                  title={`${values[index]} visits`}
                >
                  <span className="visually-hidden">{formatNumber(values[index] ?? 0)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
