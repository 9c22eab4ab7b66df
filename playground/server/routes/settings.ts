import type { FastifyInstance } from 'fastify'
import type { Session, Settings, SettingsSection, SetupInput } from '../../shared/api.ts'
import { type Context, record, slug } from '../context.ts'
import { one, run } from '../database.ts'
import { dayFrom } from '../seed/dates.ts'
import { changeSettings, readSettings, SETTINGS_SCHEMAS } from '../settings.ts'

const SECTIONS = Object.keys(SETTINGS_SCHEMAS) as SettingsSection[]

export function settingsRoutes(app: FastifyInstance, context: Context): void {
  const { database, now } = context

  for (const section of SECTIONS) {
    app.get(`/api/settings/${section}`, (): Settings[SettingsSection] => readSettings(database, section))

    app.patch<{ Body: Partial<Settings[SettingsSection]> }>(
      `/api/settings/${section}`,
      {
        schema: {
          body: {
            type: 'object',
            properties: SETTINGS_SCHEMAS[section],
            additionalProperties: false,
            minProperties: 1,
          },
        },
      },
      ({ body }): Settings[SettingsSection] => {
        record(context, 'changed', { subjectKind: 'settings', subjectId: section, subject: `${section} settings` })
        return changeSettings(database, section, body)
      },
    )
  }

  app.get('/api/session', (): Session => {
    const { name, studio } = readSettings(database, 'profile')
    const setup = one(database, `SELECT value FROM settings WHERE section = 'setup'`)
    return { name, studio, setupDone: Boolean(setup) }
  })

  app.post<{ Body: SetupInput }>(
    '/api/setup',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            name: SETTINGS_SCHEMAS.profile['name'],
            studio: SETTINGS_SCHEMAS.profile['studio'],
            theme: SETTINGS_SCHEMAS.appearance['theme'],
            work: { type: 'string', enum: ['photography', 'film', 'design', 'mixed'] },
            firstProject: { type: 'string', maxLength: 80 },
          },
          required: ['name', 'studio', 'theme', 'work', 'firstProject'],
          additionalProperties: false,
        },
      },
    },
    ({ body }, reply): { projectId: string | null } => {
      changeSettings(database, 'profile', { name: body.name, studio: body.studio })
      changeSettings(database, 'appearance', { theme: body.theme })
      run(database, `INSERT OR REPLACE INTO settings (section, value) VALUES ('setup', ?)`, JSON.stringify(body))
      reply.code(201)
      const name = body.firstProject.trim()
      return { projectId: name === '' ? null : createFirstProject(name, body.studio) }
    },
  )

  app.delete('/api/activity', (_request, reply) => {
    run(database, 'DELETE FROM activity')
    reply.code(204).send()
  })

  app.post<{ Body: { topic: string; message: string; email: string } }>(
    '/api/feedback',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            topic: { type: 'string', enum: ['idea', 'problem', 'praise'] },
            message: { type: 'string', minLength: 10, maxLength: 2_000 },
            email: { type: 'string', maxLength: 120, anyOf: [{ format: 'email' }, { maxLength: 0 }] },
          },
          required: ['topic', 'message', 'email'],
          additionalProperties: false,
        },
      },
    },
    ({ body }, reply): { reference: string } => {
      const row = one<{ id: number }>(
        database,
        'INSERT INTO feedback (at, topic, message, email) VALUES (?, ?, ?, ?) RETURNING id',
        now().toISOString(),
        body.topic,
        body.message,
        body.email,
      )!
      reply.code(201)
      return { reference: `F-${String(row.id).padStart(4, '0')}` }
    },
  )

  function createFirstProject(name: string, client: string): string {
    const id = slug(name, (candidate) => Boolean(one(database, 'SELECT id FROM projects WHERE id = ?', candidate)))
    const at = now().toISOString()
    run(
      database,
      `INSERT INTO projects (id, name, client, status, coverId, summary, dueOn, budgetHours, createdAt, updatedAt)
       VALUES (?, ?, ?, 'planned', 'desk', '', ?, 40, ?, ?)`,
      id,
      name,
      client,
      dayFrom(now(), 30),
      at,
      at,
    )
    record(context, 'created', { subjectKind: 'project', subjectId: id, subject: name })
    return id
  }
}
