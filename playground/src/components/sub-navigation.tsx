import { useEffect, useRef } from 'react'
import { NavLink, useLocation } from 'react-router'
import styles from './sub-navigation.module.css'

interface SubNavigationProps {
  label: string
  items: readonly { to: string; label: string }[]
  /** In a row above the page, or in a column beside it where there is room. */
  direction: 'row' | 'column'
}

export function SubNavigation({ label, items, direction }: SubNavigationProps) {
  const list = useRef<HTMLUListElement>(null)
  const { pathname } = useLocation()

  // On a narrow screen the row scrolls sideways, and the page we are on may be beyond its edge.
  useEffect(() => {
    const links = list.current?.querySelectorAll('a') ?? []
    const current = [...links].find((link) => link.pathname === pathname)
    if (current) list.current?.scrollTo({ left: current.offsetLeft - list.current.clientWidth / 3 })
  }, [pathname])

  return (
    <nav aria-label={label} className={styles.navigation} data-direction={direction}>
      <ul ref={list} className={styles.list}>
        {items.map((item) => (
          <li key={item.to}>
            <NavLink to={item.to} end className={styles.link!}>
              {item.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
