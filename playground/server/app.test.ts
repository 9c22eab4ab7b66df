import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  ActivityPage,
  AnalyticsExports,
  AssetPage,
  CreatedApiKey,
  Dashboard,
  Note,
  Photo,
  ProjectDetail,
} from '../shared/api.ts'
import { createApp } from './app.ts'
import { openDatabase } from './database.ts'
import { seed } from './seed/seed.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const SCRIPT = 'export const a = 1\n'.repeat(50)
let app: FastifyInstance
let database: DatabaseSync
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lumen-'))
  const dist = join(folder, 'dist')
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Lumen</title>')
  writeFileSync(join(dist, 'assets', 'index-abc.js'), SCRIPT)
  writeFileSync(join(dist, 'assets', 'index-abc.js.br'), brotliCompressSync(SCRIPT))
  database = openDatabase(':memory:')
  seed(database, NOW)
  app = await createApp({ database, now: () => NOW, dist, reports: join(folder, '.paceline') })
})

afterEach(async () => {
  await app.close()
  database.close()
  rmSync(folder, { recursive: true })
})

const get = async <Body>(url: string): Promise<Body> => {
  const response = await app.inject({ url })
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.body}`)
  return response.json<Body>()
}

describe('the studio', () => {
  test('every start seeds the same studio', async () => {
    const other = openDatabase(':memory:')
    seed(other, NOW)
    const dump = (db: DatabaseSync): unknown[] =>
      ['projects', 'tasks', 'photos', 'assets', 'events', 'activity', 'metrics'].map((table) =>
        db.prepare(`SELECT * FROM ${table}`).all(),
      )
    expect(dump(other)).toEqual(dump(database))
    other.close()
  })

  test('the dashboard adds up to the tables behind it', async () => {
    const dashboard = await get<Dashboard>('/api/dashboard')
    const storage = dashboard.storage.reduce((sum, slice) => sum + slice.value, 0)
    expect(dashboard.totals).toMatchObject({ projects: 9, photos: 13, assets: 10_000, bytes: storage })
    expect(dashboard.views).toHaveLength(30)
    expect(dashboard.views.at(-1)?.day).toBe('2026-11-20')
  })

  test('a project is created, changed, found and deleted', async () => {
    const input = {
      name: 'Löw & Ähre',
      client: 'Own work',
      status: 'planned',
      coverId: 'desk',
      summary: '',
      dueOn: '2026-12-01',
      budgetHours: 12,
    }
    const created = await app.inject({ method: 'POST', url: '/api/projects', payload: input })
    expect(created.statusCode).toBe(201)
    expect(created.json<ProjectDetail>().id).toBe('low-ahre')
    const again = await app.inject({ method: 'POST', url: '/api/projects', payload: input })
    expect(again.json<ProjectDetail>().id).toBe('low-ahre-2')
    const changed = await app.inject({
      method: 'PATCH',
      url: '/api/projects/low-ahre',
      payload: { status: 'active' },
    })
    expect(changed.json()).toMatchObject({ status: 'active', name: 'Löw & Ähre' })
    const deleted = await app.inject({ method: 'DELETE', url: '/api/projects/low-ahre' })
    expect(deleted.statusCode).toBe(204)
    expect((await app.inject('/api/projects/low-ahre')).statusCode).toBe(404)
  })

  test('a task that moves on is counted as done', async () => {
    const before = await get<ProjectDetail>('/api/projects/north-ridge')
    const open = before.taskList.find((task) => task.stage !== 'done')!
    await app.inject({ method: 'PATCH', url: `/api/tasks/${open.id}`, payload: { stage: 'done' } })
    const after = await get<ProjectDetail>('/api/projects/north-ridge')
    expect(after.tasksDone).toBe(before.tasksDone + 1)
    expect(after.tasks).toBe(before.taskList.length)
  })

  test('a photograph keeps its rating and says so in the activity', async () => {
    await app.inject({ method: 'PATCH', url: '/api/photos/fog', payload: { rating: 2, favourite: false } })
    expect(await get<Photo>('/api/photos/fog')).toMatchObject({ rating: 2, favourite: false })
    const { items } = await get<ActivityPage>('/api/activity?limit=1')
    expect(items[0]).toMatchObject({ verb: 'rated', subject: 'Fog below the peaks', at: NOW.toISOString() })
  })

  test('a note is saved with its text', async () => {
    await app.inject({ method: 'PUT', url: '/api/notes/shot-list', payload: { title: 'List', body: '# List\n\nOne' } })
    expect(await get<Note>('/api/notes/shot-list')).toMatchObject({
      title: 'List',
      body: '# List\n\nOne',
      excerpt: 'One',
    })
  })
})

test('nothing that the seed says has happened lies in the future', () => {
  const latest = (sql: string): unknown => database.prepare(sql).get()?.['at']
  const times = ['activity.at', 'notes.updatedAt', 'projects.updatedAt', 'assets.createdAt', 'members.lastSeenAt']
    .map((name) => name.split('.'))
    .map(([table, column]) => latest(`SELECT max(${column}) AS at FROM ${table}`))
  expect(times.filter((time) => String(time) > NOW.toISOString())).toEqual([])
})

test('the slices of a range add up to its total', async () => {
  const { points, formats } = await get<AnalyticsExports>('/api/analytics/exports?range=30d')
  const sum = (values: readonly { value: number }[]): number => values.reduce((total, { value }) => total + value, 0)
  expect(sum(formats)).toBe(sum(points))
})

describe('assets', () => {
  test('pages follow one another without a gap and end at row 10,000', async () => {
    const first = await get<AssetPage>('/api/assets?sort=name&order=asc&limit=500')
    expect(first.total).toBe(10_000)
    const names = first.rows.map((row) => row.name)
    expect(names).toEqual([...names].sort())
    const last = await get<AssetPage>('/api/assets?sort=name&order=asc&limit=500&offset=9500')
    expect(last.rows).toHaveLength(500)
    expect(last.rows[0]!.name >= names.at(-1)!).toBe(true)
  })

  test('a filter counts what it shows', async () => {
    const page = await get<AssetPage>('/api/assets?kind=video&q=ridge&limit=500')
    expect(page.total).toBe(page.rows.length)
    expect(page.rows.every((row) => row.kind === 'video' && row.name.startsWith('ridge'))).toBe(true)
  })

  test('a column that is not offered is refused', async () => {
    const response = await app.inject('/api/assets?sort=name;DROP TABLE assets')
    expect(response.statusCode).toBe(400)
  })

  test('many assets are archived at once', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/assets/status',
      payload: { ids: [1, 2, 3, 99_999], status: 'archived' },
    })
    expect(response.json()).toEqual({ changed: 3 })
  })
})

describe('settings', () => {
  test('a change is kept and the rest stays as it was', async () => {
    await app.inject({ method: 'PATCH', url: '/api/settings/appearance', payload: { theme: 'dark' } })
    expect(await get('/api/settings/appearance')).toEqual({
      theme: 'dark',
      density: 'comfortable',
      reduceMotion: false,
    })
  })

  test('an unknown setting is refused by name', async () => {
    const response = await app.inject({ method: 'PATCH', url: '/api/settings/appearance', payload: { colour: 'red' } })
    expect(response.statusCode).toBe(400)
    expect(response.json<{ message: string }>().message).toContain('additional properties')
  })

  test('the secret of an API key is answered once and never stored', async () => {
    const created = await app.inject({
      method: 'POST',
      url: '/api/keys',
      payload: { label: 'Print station', scope: 'read' },
    })
    const { secret } = created.json<CreatedApiKey>()
    expect(secret).toMatch(/^lmn_[\w-]{32}$/)
    expect(JSON.stringify(await get('/api/keys'))).not.toContain(secret)
    expect(JSON.stringify(database.prepare('SELECT * FROM apiKeys').all())).not.toContain(secret)
  })

  test('a plan that is too small for the team is refused', async () => {
    const response = await app.inject({ method: 'PUT', url: '/api/billing/plan', payload: { plan: 'solo' } })
    expect(response.statusCode).toBe(409)
    expect(response.json<{ message: string }>().message).toContain('1 seats and the team uses 6')
  })

  test('the first run names the studio and opens its first project', async () => {
    const payload = { name: 'Ada', studio: 'Ada’s', theme: 'dark', work: 'film', firstProject: 'First light' }
    const response = await app.inject({ method: 'POST', url: '/api/setup', payload })
    expect(response.json()).toEqual({ projectId: 'first-light' })
    expect(await get('/api/session')).toEqual({ name: 'Ada', studio: 'Ada’s', setupDone: true })
    expect(await get('/api/settings/appearance')).toMatchObject({ theme: 'dark' })
  })
})

describe('the site', () => {
  const navigation = { accept: 'text/html,application/xhtml+xml' }

  test('a page of the app is answered with the document, to be checked every time', async () => {
    const response = await app.inject({ url: '/projects/north-ridge', headers: navigation })
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toContain('text/html')
    expect(response.headers['cache-control']).toBe('no-cache')
  })

  test('a missing asset is a 404 and not the document', async () => {
    const urls = ['/assets/gone-123.js', '/favicon.ico', '/api/nothing']
    const responses = await Promise.all(urls.map((url) => app.inject({ url, headers: navigation })))
    expect(responses.map((response) => response.statusCode)).toEqual([404, 404, 404])
    expect(responses.filter((response) => response.body.includes('<!doctype'))).toEqual([])
  })

  test('a script comes as brotli to whoever takes it', async () => {
    const url = '/assets/index-abc.js'
    const plain = await app.inject({ url })
    expect(plain.headers['content-encoding']).toBeUndefined()
    const brotli = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotli.headers['content-type']).toContain('javascript')
    expect(String(brotli.headers['vary']).toLowerCase()).toContain('accept-encoding')
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body)
  })

  test('an answer of the API comes as brotli to whoever takes it', async () => {
    const plain = await app.inject({ url: '/api/dashboard' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    const brotli = await app.inject({ url: '/api/dashboard', headers: { 'accept-encoding': 'gzip, br' } })
    expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'private, no-cache' })
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body)
    expect(brotli.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
  })

  test('an answer of the API that has not changed is not sent again', async () => {
    const headers = { 'accept-encoding': 'br' }
    const first = await app.inject({ url: '/api/dashboard', headers })
    const second = await app.inject({
      url: '/api/dashboard',
      headers: { ...headers, 'if-none-match': String(first.headers.etag) },
    })
    expect([second.statusCode, second.body]).toEqual([304, ''])
  })

  test('the report is shown when the build wrote one, and otherwise says how to get it', async () => {
    const before = await app.inject('/__paceline/report')
    expect(before.statusCode).toBe(404)
    expect(before.body).toContain('build the playground with the paceline() plugin')
    mkdirSync(join(folder, '.paceline'))
    writeFileSync(join(folder, '.paceline', 'treemap.html'), '<!doctype html><title>Treemap</title>')
    const after = await app.inject('/__paceline/treemap')
    expect(after.statusCode).toBe(200)
    expect(after.body).toContain('<title>Treemap')
  })
})
