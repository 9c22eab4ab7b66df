import type { FastifyInstance } from 'fastify'
import type {
  ActivityItem,
  ActivityPage,
  CalendarEvent,
  Dashboard,
  Metric,
  Point,
  Project,
  Slice,
} from '../../shared/api.ts'
import type { SearchHit } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { many, one } from '../database.ts'
import { NOTE_EXCERPT } from './notes.ts'
import { PROJECT_COLUMNS } from './projects.ts'

/** Bytes of the assets in each kind, heaviest first. */
export const STORAGE_BY_KIND =
  'SELECT kind AS label, sum(bytes) AS value FROM assets GROUP BY kind ORDER BY value DESC, label'

export function overviewRoutes(app: FastifyInstance, { database, now }: Context): void {
  const count = (table: string): number =>
    one<{ total: number }>(database, `SELECT count(*) AS total FROM ${table}`)!.total
  const last30 = (metric: Metric): Point[] =>
    many<Point>(
      database,
      'SELECT day, value FROM metrics WHERE metric = ? ORDER BY day DESC LIMIT 30',
      metric,
    ).toReversed()

  app.get('/api/dashboard', (): Dashboard => ({
    totals: {
      projects: count('projects'),
      photos: count('photos'),
      assets: count('assets'),
      bytes: one<{ total: number }>(database, 'SELECT coalesce(sum(bytes), 0) AS total FROM assets')!.total,
    },
    views: last30('views'),
    downloads: last30('downloads'),
    storage: many<Slice>(database, STORAGE_BY_KIND),
    active: many<Project>(
      database,
      `SELECT ${PROJECT_COLUMNS} FROM projects WHERE status IN ('active', 'review') ORDER BY dueOn, id LIMIT 4`,
    ),
    upcoming: many<CalendarEvent>(
      database,
      'SELECT * FROM events WHERE startsAt >= ? ORDER BY startsAt, id LIMIT 5',
      now().toISOString(),
    ),
    activity: many<ActivityItem>(database, 'SELECT * FROM activity ORDER BY at DESC, id DESC LIMIT 6'),
  }))

  app.get<{ Querystring: { before?: number; limit: number } }>(
    '/api/activity',
    {
      schema: {
        querystring: {
          type: 'object',
          properties: {
            before: { type: 'integer', minimum: 0 },
            limit: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
          },
        },
      },
    },
    ({ query }): ActivityPage => {
      const items = many<ActivityItem>(
        database,
        'SELECT * FROM activity WHERE id < ? ORDER BY id DESC LIMIT ?',
        query.before ?? Number.MAX_SAFE_INTEGER,
        query.limit,
      )
      return { items, next: items.length === query.limit ? (items.at(-1)?.id ?? null) : null }
    },
  )

  app.get<{ Querystring: { q: string } }>(
    '/api/search',
    {
      schema: {
        querystring: {
          type: 'object',
          properties: { q: { type: 'string', minLength: 1, maxLength: 80 } },
          required: ['q'],
        },
      },
    },
    ({ query }): SearchHit[] =>
      many<SearchHit>(
        database,
        `SELECT 'project' AS kind, id, name AS title, client AS detail FROM projects WHERE name LIKE ?1 OR client LIKE ?1 OR summary LIKE ?1
         UNION ALL SELECT 'photo', id, title, caption FROM photos WHERE title LIKE ?1 OR caption LIKE ?1 OR tags LIKE ?1
         UNION ALL SELECT 'note', id, title, ${NOTE_EXCERPT} FROM notes WHERE title LIKE ?1 OR body LIKE ?1
         UNION ALL SELECT * FROM (SELECT 'asset', CAST(id AS TEXT), name, kind FROM assets WHERE name LIKE ?1 ORDER BY id LIMIT 20)`,
        `%${query.q}%`,
      ),
  )
}
