import type { FastifyInstance } from 'fastify'
import type { Photo } from '../../shared/api.ts'
import { type Context, notFound, record } from '../context.ts'
import { many, one, run } from '../database.ts'

export const PHOTO_COLUMNS = '*'

/** A photograph as the table holds it: tags as JSON, truth as a number. */
export type PhotoRow = Omit<Photo, 'tags' | 'favourite'> & { tags: string; favourite: number }

export const toPhoto = (row: PhotoRow): Photo => ({
  ...row,
  tags: JSON.parse(row.tags) as string[],
  favourite: row.favourite === 1,
})

type PhotoChange = Partial<Pick<Photo, 'favourite' | 'rating' | 'caption' | 'title'>>

export function photoRoutes(app: FastifyInstance, context: Context): void {
  const { database } = context
  const find = (id: string): Photo => {
    const row = one<PhotoRow>(database, `SELECT ${PHOTO_COLUMNS} FROM photos WHERE id = ?`, id)
    if (!row) throw notFound('photograph', id)
    return toPhoto(row)
  }

  app.get('/api/photos', (): Photo[] =>
    many<PhotoRow>(database, `SELECT ${PHOTO_COLUMNS} FROM photos ORDER BY takenAt DESC, id`).map(toPhoto),
  )

  app.get<{ Params: { id: string } }>('/api/photos/:id', ({ params }): Photo => find(params.id))

  app.patch<{ Params: { id: string }; Body: PhotoChange }>(
    '/api/photos/:id',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            favourite: { type: 'boolean' },
            rating: { type: 'integer', minimum: 0, maximum: 5 },
            caption: { type: 'string', maxLength: 400 },
            title: { type: 'string', minLength: 1, maxLength: 120, pattern: '\\S' },
          },
          additionalProperties: false,
          minProperties: 1,
        },
      },
    },
    ({ params, body }): Photo => {
      const next = { ...find(params.id), ...body }
      run(
        database,
        'UPDATE photos SET favourite = ?, rating = ?, caption = ?, title = ? WHERE id = ?',
        Number(next.favourite),
        next.rating,
        next.caption,
        next.title,
        params.id,
      )
      const verb = 'rating' in body ? 'rated' : 'favourite' in body ? 'marked' : 'captioned'
      record(context, verb, { subjectKind: 'photo', subjectId: params.id, subject: next.title })
      return find(params.id)
    },
  )
}
