import { useNavigation } from 'react-router'
import styles from './route-progress.module.css'

/** A line at the top while the next page is on its way. The page before it stays until then. */
export function RouteProgress() {
  const { state } = useNavigation()
  return state === 'idle' ? null : <div className={styles.progress} role="progressbar" aria-label="Loading the page" />
}
