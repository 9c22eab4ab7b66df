import type { FastifyInstance } from 'fastify'
import type { CalendarEvent } from '../../shared/api.ts'
import { type Context, HttpError, notFound, record } from '../context.ts'
import { many, one } from '../database.ts'

const TIME = { type: 'string', format: 'date-time' }

export function eventRoutes(app: FastifyInstance, context: Context): void {
  const { database } = context

  app.get<{ Querystring: { from: string; to: string } }>(
    '/api/events',
    {
      schema: {
        querystring: { type: 'object', properties: { from: TIME, to: TIME }, required: ['from', 'to'] },
      },
    },
    ({ query }): CalendarEvent[] =>
      many<CalendarEvent>(
        database,
        'SELECT * FROM events WHERE startsAt >= ? AND startsAt < ? ORDER BY startsAt, id',
        query.from,
        query.to,
      ),
  )

  app.post<{ Body: Omit<CalendarEvent, 'id'> }>(
    '/api/events',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            title: { type: 'string', minLength: 1, maxLength: 120, pattern: '\\S' },
            kind: { type: 'string', enum: ['shoot', 'deadline', 'review', 'meeting'] },
            startsAt: TIME,
            endsAt: TIME,
            projectId: { type: ['string', 'null'] },
            location: { type: 'string', maxLength: 120 },
          },
          required: ['title', 'kind', 'startsAt', 'endsAt', 'projectId', 'location'],
          additionalProperties: false,
        },
      },
    },
    ({ body }, reply): CalendarEvent => {
      if (body.endsAt <= body.startsAt) throw new HttpError(400, 'An event ends after it starts. Choose a later end.')
      const event = one<CalendarEvent>(
        database,
        'INSERT INTO events (title, kind, startsAt, endsAt, projectId, location) VALUES (?, ?, ?, ?, ?, ?) RETURNING *',
        body.title.trim(),
        body.kind,
        body.startsAt,
        body.endsAt,
        body.projectId,
        body.location,
      )!
      record(context, 'planned', { subjectKind: 'event', subjectId: String(event.id), subject: event.title })
      reply.code(201)
      return event
    },
  )

  app.delete<{ Params: { id: number } }>(
    '/api/events/:id',
    { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } },
    ({ params }, reply) => {
      const event = one<CalendarEvent>(database, 'DELETE FROM events WHERE id = ? RETURNING *', params.id)
      if (!event) throw notFound('event', params.id)
      record(context, 'cancelled', { subjectKind: 'event', subjectId: String(event.id), subject: event.title })
      reply.code(204).send()
    },
  )
}
