import { Outlet } from 'react-router'
import { Announcement } from './announcement.tsx'
import { Notices } from './notices.tsx'

/** No navigation: for whoever is not in the studio yet. */
export function PlainLayout() {
  return (
    <>
      <Outlet />
      <Notices />
      <Announcement />
    </>
  )
}
