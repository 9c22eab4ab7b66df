import { Outlet } from 'react-router'
import { SubNavigation } from '../../components/sub-navigation.tsx'
import { useRange } from './use-range.ts'

function AnalyticsLayout() {
  const range = useRange()
  const keep = range === '30d' ? '' : `?range=${range}`
  return (
    <>
      <SubNavigation
        label="Analytics"
        direction="row"
        items={[
          { to: `/analytics${keep}`, label: 'Overview' },
          { to: `/analytics/audience${keep}`, label: 'Audience' },
          { to: `/analytics/storage${keep}`, label: 'Storage' },
          { to: `/analytics/exports${keep}`, label: 'Exports' },
        ]}
      />
      <Outlet />
    </>
  )
}

export { AnalyticsLayout as Component }
