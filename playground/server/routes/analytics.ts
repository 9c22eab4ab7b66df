import type { FastifyInstance } from 'fastify'
import type {
  AnalyticsAudience,
  AnalyticsExports,
  AnalyticsOverview,
  AnalyticsStorage,
  Asset,
  Metric,
  MetricSeries,
  Point,
  Range,
  Slice,
} from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { many } from '../database.ts'
import { createRandom } from '../seed/random.ts'
import { readSettings } from '../settings.ts'
import { STORAGE_BY_KIND } from './overview.ts'

const DAYS: Record<Range, number> = { '7d': 7, '30d': 30, '90d': 90 }
const METRICS: readonly Metric[] = ['views', 'visitors', 'downloads', 'exports']
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const COUNTRIES = { Sweden: 31, Germany: 22, Japan: 14, 'United Kingdom': 12, Spain: 9, Canada: 7, Kenya: 5 }
const DEVICES = { Desktop: 61, Phone: 32, Tablet: 7 }

const total = (points: readonly Point[]): number => points.reduce((sum, point) => sum + point.value, 0)
/** Parts by percentage, in whole numbers that add up to the whole: the largest part takes what rounding leaves. */
function share(whole: number, percentages: Record<string, number>): Slice[] {
  const slices = Object.entries(percentages).map(([label, percent]) => ({
    label,
    value: Math.floor((whole * percent) / 100),
  }))
  slices[0]!.value += whole - slices.reduce((sum, slice) => sum + slice.value, 0)
  return slices
}

export function analyticsRoutes(app: FastifyInstance, { database }: Context): void {
  const points = (metric: Metric, count: number): Point[] =>
    many<Point>(
      database,
      'SELECT day, value FROM metrics WHERE metric = ? ORDER BY day DESC LIMIT ?',
      metric,
      count,
    ).toReversed()
  const series = (metric: Metric, range: Range): MetricSeries => {
    const days = DAYS[range]
    const both = points(metric, days * 2)
    const current = both.slice(-days)
    return { metric, points: current, total: total(current), previous: total(both.slice(0, -days)) }
  }
  const schema = {
    querystring: {
      type: 'object',
      properties: { range: { type: 'string', enum: Object.keys(DAYS), default: '30d' } },
    },
  }

  app.get<{ Querystring: { range: Range } }>('/api/analytics/overview', { schema }, ({ query }): AnalyticsOverview => {
    const all = METRICS.map((metric) => series(metric, query.range))
    const perDay = new Map(WEEKDAYS.map((day) => [day, 0]))
    for (const { day, value } of all[0]!.points) {
      const name = WEEKDAYS[new Date(day).getUTCDay()]!
      perDay.set(name, perDay.get(name)! + value)
    }
    return {
      range: query.range,
      series: all,
      busiest: [...WEEKDAYS.slice(1), WEEKDAYS[0]!].map((label) => ({ label, value: perDay.get(label)! })),
    }
  })

  app.get<{ Querystring: { range: Range } }>('/api/analytics/audience', { schema }, ({ query }): AnalyticsAudience => {
    const visitors = series('visitors', query.range).total
    const random = createRandom(DAYS[query.range])
    return {
      range: query.range,
      countries: share(visitors, COUNTRIES),
      devices: share(visitors, DEVICES),
      hours: Array.from({ length: 7 }, (_, day) =>
        Array.from({ length: 24 }, (_, hour) => {
          const daylight = Math.max(0, Math.sin(((hour - 5) / 17) * Math.PI))
          return Math.round((visitors / 90) * daylight * (day > 4 ? 0.5 : 1) * (random.integer(70, 130) / 100))
        }),
      ),
    }
  })

  app.get('/api/analytics/storage', (): AnalyticsStorage => {
    const kinds = many<Slice>(database, STORAGE_BY_KIND)
    return {
      total: kinds.reduce((sum, kind) => sum + kind.value, 0),
      quota: readSettings(database, 'storage').quotaGigabytes * 1e9,
      kinds,
      projects: many<Slice>(
        database,
        `SELECT coalesce(projects.name, assets.projectId) AS label, sum(bytes) AS value
         FROM assets LEFT JOIN projects ON projects.id = assets.projectId GROUP BY assets.projectId ORDER BY value DESC`,
      ),
      largest: many<Asset>(database, 'SELECT * FROM assets ORDER BY bytes DESC, id LIMIT 8'),
    }
  })

  app.get<{ Querystring: { range: Range } }>('/api/analytics/exports', { schema }, ({ query }): AnalyticsExports => {
    const exports = series('exports', query.range)
    return {
      range: query.range,
      points: exports.points,
      formats: share(exports.total, { AVIF: 46, JPEG: 27, WebP: 18, TIFF: 9 }),
      medianSeconds: 38,
      slowestSeconds: 412,
    }
  })
}
