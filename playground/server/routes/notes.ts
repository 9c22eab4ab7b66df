import type { FastifyInstance } from 'fastify'
import type { Note, NoteSummary } from '../../shared/api.ts'
import { type Context, notFound, record, slug } from '../context.ts'
import { many, one, run } from '../database.ts'

/** What follows the heading, on one line and without marks. */
export const NOTE_EXCERPT = `substr(trim(
  replace(replace(replace(substr(body, instr(body, char(10))), char(10), ' '), '#', ''), '*', '')), 1, 140)`
export const NOTE_SUMMARY = `id, title, projectId, updatedAt, ${NOTE_EXCERPT} AS excerpt`

const BODY = {
  title: { type: 'string', minLength: 1, maxLength: 120, pattern: '\\S' },
  body: { type: 'string', maxLength: 200_000 },
}

export function noteRoutes(app: FastifyInstance, context: Context): void {
  const { database, now } = context
  const find = (id: string): Note => {
    const note = one<Note>(database, `SELECT ${NOTE_SUMMARY}, body FROM notes WHERE id = ?`, id)
    if (!note) throw notFound('note', id)
    return note
  }

  app.get('/api/notes', (): NoteSummary[] =>
    many<NoteSummary>(database, `SELECT ${NOTE_SUMMARY} FROM notes ORDER BY updatedAt DESC, id`),
  )

  app.get<{ Params: { id: string } }>('/api/notes/:id', ({ params }): Note => find(params.id))

  app.post<{ Body: { title: string; body: string } }>(
    '/api/notes',
    {
      schema: { body: { type: 'object', properties: BODY, required: ['title', 'body'], additionalProperties: false } },
    },
    ({ body }, reply): Note => {
      const id = slug(body.title, (candidate) => Boolean(one(database, 'SELECT id FROM notes WHERE id = ?', candidate)))
      run(
        database,
        'INSERT INTO notes (id, title, body, updatedAt) VALUES (?, ?, ?, ?)',
        id,
        body.title.trim(),
        body.body,
        now().toISOString(),
      )
      record(context, 'wrote', { subjectKind: 'note', subjectId: id, subject: body.title.trim() })
      reply.code(201)
      return find(id)
    },
  )

  app.put<{ Params: { id: string }; Body: { title: string; body: string } }>(
    '/api/notes/:id',
    {
      schema: { body: { type: 'object', properties: BODY, required: ['title', 'body'], additionalProperties: false } },
    },
    ({ params, body }): Note => {
      find(params.id)
      run(
        database,
        'UPDATE notes SET title = ?, body = ?, updatedAt = ? WHERE id = ?',
        body.title.trim(),
        body.body,
        now().toISOString(),
        params.id,
      )
      return find(params.id)
    },
  )

  app.delete<{ Params: { id: string } }>('/api/notes/:id', ({ params }, reply) => {
    const note = find(params.id)
    run(database, 'DELETE FROM notes WHERE id = ?', note.id)
    record(context, 'deleted', { subjectKind: 'note', subjectId: note.id, subject: note.title })
    reply.code(204).send()
  })
}
