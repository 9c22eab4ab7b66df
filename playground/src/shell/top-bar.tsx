import { Button } from '@fluentui/react-components'
import { WeatherMoonRegular } from '@fluentui/react-icons/svg/weather-moon'
import { WeatherSunnyRegular } from '@fluentui/react-icons/svg/weather-sunny'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Session } from '../../shared/api.ts'
import { read } from '../api/queries.ts'
import { setPreferences } from '../app/preferences.ts'
import { useDark } from '../app/theme.ts'
import { Initials } from '../components/initials.tsx'
import { MenuDialog } from './menu-dialog.tsx'
import { SearchForm } from './search-form.tsx'
import styles from './top-bar.module.css'

export function TopBar() {
  const dark = useDark()
  return (
    <header className={styles.bar}>
      <MenuDialog />
      <SearchForm />
      <Button
        appearance="subtle"
        icon={dark ? <WeatherSunnyRegular /> : <WeatherMoonRegular />}
        aria-label={dark ? 'Switch to light' : 'Switch to dark'}
        onClick={() => setPreferences({ theme: dark ? 'light' : 'dark' })}
      />
      <Profile />
    </header>
  )
}

/** By itself, so that the name, when it arrives, renders nothing else anew. */
function Profile() {
  const { data: session } = useQuery(read<Session>('/session'))
  return (
    <Link to="/settings" className={styles.profile} aria-label="Your profile">
      <Initials name={session?.name ?? ''} />
    </Link>
  )
}
