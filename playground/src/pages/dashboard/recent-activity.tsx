import type { ActivityItem } from '../../../shared/api.ts'
import { ActivityLine } from '../../components/activity-line.tsx'
import styles from './recent-activity.module.css'

export function RecentActivity({ items }: { items: readonly ActivityItem[] }) {
  return (
    <ul className={styles.items}>
      {items.map((item) => (
        <li key={item.id}>
          <ActivityLine item={item} />
        </li>
      ))}
    </ul>
  )
}
