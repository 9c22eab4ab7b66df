import { Outlet } from 'react-router'
import { SubNavigation } from '../../components/sub-navigation.tsx'
import styles from './settings-layout.module.css'

const ITEMS = [
  { to: '/settings', label: 'Profile' },
  { to: '/settings/appearance', label: 'Appearance' },
  { to: '/settings/language', label: 'Language and dates' },
  { to: '/settings/notifications', label: 'Notifications' },
  { to: '/settings/shortcuts', label: 'Shortcuts' },
  { to: '/settings/exports', label: 'Exports' },
  { to: '/settings/storage', label: 'Storage' },
  { to: '/settings/privacy', label: 'Privacy' },
  { to: '/settings/team', label: 'Team' },
  { to: '/settings/billing', label: 'Billing' },
  { to: '/settings/integrations', label: 'Integrations' },
  { to: '/settings/api-keys', label: 'API keys' },
  { to: '/settings/about', label: 'About Lumen' },
]

function SettingsLayout() {
  return (
    <div className={styles.layout}>
      <SubNavigation label="Settings" direction="column" items={ITEMS} />
      <div className={styles.page}>
        <Outlet />
      </div>
    </div>
  )
}

export { SettingsLayout as Component }
