import type { CalendarEvent } from '../../../shared/api.ts'
import { formatDay } from '../../app/format.ts'
import { useToday } from '../../app/use-today.ts'
import styles from './calendar-page.module.css'
import type { Month } from './month.ts'

const WEEKDAY = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' })
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

interface MonthTableProps {
  month: Month
  weeks: readonly (readonly string[])[]
  events: readonly CalendarEvent[]
}

export function MonthTable({ month, weeks, events }: MonthTableProps) {
  const byDay = Map.groupBy(events, (event) => event.startsAt.slice(0, 10))
  const today = useToday().toISOString().slice(0, 10)
  return (
    <table className={styles.month}>
      <thead>
        <tr>
          {weeks[0]!.map((day) => (
            <th key={day} scope="col">
              {WEEKDAY.format(new Date(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} className={styles.day} data-outside={!day.startsWith(month)} data-empty={!byDay.has(day)}>
                <time
                  dateTime={day}
                  className={styles.number}
                  aria-label={formatDay(day)}
                  {...(day === today && { 'aria-current': 'date' as const })}
                >
                  {Number(day.slice(8))}
                </time>
                <ul className={styles.events}>
                  {byDay.get(day)?.map((event) => (
                    <li key={event.id} className={styles.event} data-kind={event.kind} title={describe(event)}>
                      {event.title}
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function describe({ title, startsAt, endsAt, location }: CalendarEvent): string {
  const time = `${TIME.format(new Date(startsAt))} to ${TIME.format(new Date(endsAt))}`
  return [title, time, location].filter(Boolean).join(', ')
}
