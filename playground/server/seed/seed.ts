import type { DatabaseSync } from 'node:sqlite'
import { insert, one, transaction } from '../database.ts'
import { dayFrom, hourFrom, momentBefore } from './dates.ts'
import { NOTES } from './notes.ts'
import { INTEGRATIONS, MEMBERS } from './people.ts'
import { PHOTOS } from './photos.ts'
import { PROJECTS } from './projects.ts'
import { createRandom } from './random.ts'
import { activityRows, assetRows, eventRows, metricRows, taskRows } from './rows.ts'

/**
 * Fills an empty database with the studio everybody sees first. Ids, names and figures are the same every time; dates
 * count back and forth from `now`. A database that already has projects is left alone.
 */
export function seed(database: DatabaseSync, now: Date): void {
  if (one(database, 'SELECT id FROM projects LIMIT 1')) return
  const random = createRandom(20_261_120)
  transaction(database, () => {
    insert(
      database,
      'members',
      MEMBERS.map(({ seenDaysAgo, ...member }) => ({
        ...member,
        lastSeenAt: seenDaysAgo === null ? null : momentBefore(now, seenDaysAgo),
      })),
    )
    insert(
      database,
      'projects',
      PROJECTS.map(({ dueInDays, ageInDays, ...project }, index) => ({
        ...project,
        dueOn: dayFrom(now, dueInDays),
        createdAt: hourFrom(now, -ageInDays, 10),
        updatedAt: momentBefore(now, index),
      })),
    )
    insert(database, 'tasks', taskRows(random))
    insert(
      database,
      'photos',
      PHOTOS.map(({ daysAgo, tags, ...photo }) => ({
        ...photo,
        tags: JSON.stringify(tags),
        takenAt: hourFrom(now, -daysAgo, 8, 40),
      })),
    )
    insert(database, 'assets', assetRows(random, now))
    insert(
      database,
      'notes',
      NOTES.map(({ daysAgo, ...note }) => ({ ...note, updatedAt: momentBefore(now, daysAgo) })),
    )
    insert(database, 'events', eventRows(random, now))
    insert(database, 'activity', activityRows(random, now))
    insert(database, 'metrics', metricRows(random, now))
    insert(database, 'integrations', INTEGRATIONS)
    insert(
      database,
      'invoices',
      Array.from({ length: 8 }, (_, index) => ({
        id: `LUM-${String(1_048 - index)}`,
        issuedOn: `${dayFrom(now, -30 * index).slice(0, 7)}-01`,
        cents: 4_900,
        status: index === 0 ? 'open' : 'paid',
      })),
    )
  })
}
