import { useAnnouncement } from '../app/announcer.ts'

export function Announcement() {
  return (
    <p aria-live="polite" className="visually-hidden">
      {useAnnouncement()}
    </p>
  )
}
