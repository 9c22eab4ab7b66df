import { Button } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ActivityPage as Page } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { search } from '../../api/queries.ts'
import { formatDate } from '../../app/format.ts'
import { ActivityLine } from '../../components/activity-line.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './activity-page.module.css'

const PAGE_SIZE = 25

function ActivityPage() {
  const query = useInfiniteQuery({
    queryKey: ['activity'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(`/activity${search({ before: pageParam ?? undefined, limit: PAGE_SIZE })}`, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  })
  return (
    <>
      <PageHeader title="Activity" description="Who did what, newest first." />
      <QueryView
        query={query}
        label="Loading the activity"
        isEmpty={(data) => data.pages[0]?.items.length === 0}
        empty={<EmptyState title="Quiet so far">What you and your team do shows up here.</EmptyState>}
      >
        {(data) => {
          const items = data.pages.flatMap((page) => page.items)
          return (
            <div className={styles.days}>
              {[...Map.groupBy(items, (item) => formatDate(item.at))].map(([day, lines]) => (
                <section key={day} aria-label={day} className={styles.day}>
                  <h2>{day}</h2>
                  <ul>
                    {lines.map((item) => (
                      <li key={item.id}>
                        <ActivityLine item={item} />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
              {query.hasNextPage && (
                <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {query.isFetchingNextPage ? 'Loading…' : 'Show earlier'}
                </Button>
              )}
            </div>
          )
        }}
      </QueryView>
    </>
  )
}

export { ActivityPage as Component }
