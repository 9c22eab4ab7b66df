import { NavLink } from 'react-router'
import styles from './sub-navigation.module.css'

interface SubNavigationProps {
  label: string
  items: readonly { to: string; label: string }[]
  /** In a row above the page, or in a column beside it where there is room. */
  direction: 'row' | 'column'
}

export function SubNavigation({ label, items, direction }: SubNavigationProps) {
  return (
    <nav aria-label={label} className={styles.navigation} data-direction={direction}>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item.to}>
            <NavLink to={item.to} end className={styles.link}>
              {item.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
