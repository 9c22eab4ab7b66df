import { Link } from 'react-router'
import type { ActivityItem } from '../../shared/api.ts'
import { formatRelative } from '../app/format.ts'
import styles from './activity-line.module.css'
import { Initials } from './initials.tsx'

const PLACES: Record<ActivityItem['subjectKind'], ((id: string) => string) | undefined> = {
  project: (id) => `/projects/${id}`,
  photo: (id) => `/photos/${id}`,
  note: (id) => `/notes/${id}`,
  asset: () => '/assets',
  event: () => '/calendar',
  settings: undefined,
}

/** Who did what to which thing, and when. */
export function ActivityLine({ item }: { item: ActivityItem }) {
  const to = item.verb === 'deleted' ? undefined : PLACES[item.subjectKind]?.(item.subjectId)
  return (
    <div className={styles.line}>
      <Initials name={item.actor} />
      <div>
        <p>
          {item.actor} {item.verb} {to ? <Link to={to}>{item.subject}</Link> : item.subject}
        </p>
        <time dateTime={item.at} className={styles.time}>
          {formatRelative(item.at)}
        </time>
      </div>
    </div>
  )
}
