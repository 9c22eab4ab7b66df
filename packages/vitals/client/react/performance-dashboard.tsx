import type { ReactNode } from 'react'
import { useVitals } from './use-vitals.ts'

export interface PerformanceDashboardProps {
  /** Heading of the table. @default 'Performance of this page' */
  readonly caption?: string
  readonly className?: string
}

/** The figures of this page beside what is promised, for a page of the app itself. It brings no styles: `data-status` says what is broken. */
export function PerformanceDashboard({
  caption = 'Performance of this page',
  className,
}: PerformanceDashboardProps): ReactNode {
  const rows = useVitals()
  return (
    <table className={className}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Here</th>
          <th scope="col">Promised</th>
          <th scope="col">Behind it</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, limit, detail, isBroken }, index) => (
          // Operations of one name may be listed twice.
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
          <tr key={`${index} ${name}`} data-status={isBroken ? 'broken' : 'holds'}>
            <th scope="row">{name}</th>
            <td>{value}</td>
            <td>{limit}</td>
            <td>{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
