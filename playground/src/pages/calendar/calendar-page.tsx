import { Button } from '@fluentui/react-components'
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { CalendarEvent, Settings } from '../../../shared/api.ts'
import { read, search } from '../../api/queries.ts'
import { useToday } from '../../app/use-today.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './calendar-page.module.css'
import { MonthTable } from './month-table.tsx'
import { monthName, monthOf, shiftMonth, weeksOf } from './month.ts'
import { NewEvent } from './new-event.tsx'

function CalendarPage() {
  const [parameters, setParameters] = useSearchParams()
  const now = useToday()
  const today = monthOf(now)
  const asked = parameters.get('month') ?? ''
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today
  const { data: language } = useQuery(read<Settings['language']>('/settings/language'))
  const weeks = weeksOf(month, language?.firstDay)
  const range = { from: `${weeks[0]![0]}T00:00:00.000Z`, to: `${weeks.at(-1)!.at(-1)}T23:59:59.999Z` }
  const query = useQuery({ ...read<CalendarEvent[]>(`/events${search(range)}`), placeholderData: keepPreviousData })
  const show = (next: string): void => setParameters(next === today ? {} : { month: next }, { replace: true })
  return (
    <>
      <PageHeader title="Calendar" description="Shoots, reviews and the days things are due.">
        <NewEvent day={month === today ? now.toISOString().slice(0, 10) : `${month}-01`} />
      </PageHeader>
      <div className={styles.bar}>
        <Button
          appearance="subtle"
          icon={<ChevronLeftRegular />}
          aria-label="Previous month"
          onClick={() => show(shiftMonth(month, -1))}
        />
        <h2 aria-live="polite">{monthName(month)}</h2>
        <Button
          appearance="subtle"
          icon={<ChevronRightRegular />}
          aria-label="Next month"
          onClick={() => show(shiftMonth(month, 1))}
        />
        <Button size="small" disabled={month === today} onClick={() => show(today)}>
          Today
        </Button>
      </div>
      <QueryView query={query} label="Loading the month">
        {(events) => <MonthTable month={month} weeks={weeks} events={events} />}
      </QueryView>
    </>
  )
}

export { CalendarPage as Component }
