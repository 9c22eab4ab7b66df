import { releaseName, SITE } from './make-traffic.ts'

/** What somebody looks at, and what the dashboard asks for it, by name: path and query. */
export interface View {
  readonly view: string
  readonly days: number
  readonly questions: Readonly<Record<string, string>>
}

const DAY = 86_400_000

/** Views of the dashboard over a day, a week and all days: what it asks at once, and the other breakdowns that it offers. */
export function viewsOf(days: number, countries: boolean): readonly View[] {
  const [newest, older] = [releaseName(SITE.releases - 1), releaseName(SITE.releases - 2)]
  const filters = {
    all: '',
    'a release': `&release=${newest}`,
    'a route': '&route=/r3',
    mobiles: '&device=mobile',
    'a route on mobiles': '&route=/r3&device=mobile',
    ...(countries && { 'a country': '&country=DE', 'mobiles in a country': '&device=mobile&country=DE' }),
  }
  const breakdowns = ['route', 'release', 'device', ...(countries ? ['country'] : [])]
  const to = Math.ceil(Date.now() / 60_000) * 60_000
  return [...new Set([1, 7, days])].flatMap((span) => {
    const last = `from=${to - span * DAY}&to=${to}`
    return Object.entries(filters).map(([view, filter]) => {
      const metrics = (by: string): string => `performance/metrics?groupBy=${by}&${last}${filter}`
      const questions = {
        stats: `performance/stats?${last}${filter}`,
        'over time': metrics(span > 3 ? 'day' : 'hour'),
        ...Object.fromEntries(breakdowns.map((by) => [`by ${by}`, metrics(by)])),
        slow: `performance/slow?${last}${filter}`,
        ...(!filter.includes('release') && {
          'two releases': `releases/compare?before=${older}&after=${newest}&${last}${filter}`,
        }),
      }
      return { view, days: span, questions }
    })
  })
}

/** What the dashboard asks at once for a view, after it has asked what there is. */
export const AT_ONCE: readonly string[] = ['stats', 'over time', 'by route', 'slow', 'two releases']
