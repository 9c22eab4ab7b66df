import { Link } from 'react-router'
import styles from './brand.module.css'

export function Brand() {
  return (
    <Link to="/" className={styles.brand}>
      <img src="/favicon.svg" alt="" width="28" height="28" />
      Lumen
    </Link>
  )
}
