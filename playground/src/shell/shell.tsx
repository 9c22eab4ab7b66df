import { Suspense } from 'react'
import { Outlet } from 'react-router'
import { Announcement } from './announcement.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { Notices } from './notices.tsx'
import { PageSkeleton } from './page-skeleton.tsx'
import { RouteProgress } from './route-progress.tsx'
import styles from './shell.module.css'
import { TopBar } from './top-bar.tsx'
import { useShortcutKeys } from './use-shortcut-keys.ts'

/** The frame around every page of the studio: navigation, search, notices, and what a screen reader is told. */
export function Shell() {
  useShortcutKeys()
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        Skip to the page
      </a>
      <RouteProgress />
      <aside className={styles.sidebar}>
        <Brand />
        <Navigation />
      </aside>
      <TopBar />
      <main id="main" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <Notices />
      <Announcement />
    </div>
  )
}
