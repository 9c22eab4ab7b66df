import type { CalendarEvent } from '../../../shared/api.ts'
import { formatDateTime } from '../../app/format.ts'
import styles from './upcoming.module.css'

export function Upcoming({ events }: { events: readonly CalendarEvent[] }) {
  if (events.length === 0) return <p className={styles.quiet}>Nothing planned. Enjoy the quiet.</p>
  return (
    <ul className={styles.events}>
      {events.map((event) => (
        <li key={event.id} data-kind={event.kind}>
          <p>{event.title}</p>
          <p className={styles.quiet}>
            {formatDateTime(event.startsAt)}
            {event.location && `, ${event.location}`}
          </p>
        </li>
      ))}
    </ul>
  )
}
