import { NavLink } from 'react-router'
import { GROUPS } from './navigation-items.ts'
import styles from './navigation.module.css'

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  return (
    <nav aria-label="Main" className={styles.navigation}>
      {GROUPS.map((group) => (
        <section key={group.label} aria-label={group.label}>
          <p className={styles.label} aria-hidden="true">
            {group.label}
          </p>
          <ul className={styles.list}>
            {group.items.map(({ to, label, Icon }) => (
              <li key={to}>
                <NavLink to={to} className={styles.link!} {...(onNavigate && { onClick: onNavigate })}>
                  <Icon fontSize={20} />
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
