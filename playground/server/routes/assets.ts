import type { FastifyInstance } from 'fastify'
import type { Asset, AssetKind, AssetPage, AssetSort, AssetStatus } from '../../shared/api.ts'
import { type Context, record } from '../context.ts'
import { many, one, run } from '../database.ts'

const KINDS = ['image', 'video', 'audio', 'document', 'vector']
const STATUSES = ['ready', 'processing', 'archived']
const SORTS = ['name', 'kind', 'status', 'bytes', 'createdAt']

interface AssetQuery {
  offset: number
  limit: number
  sort: AssetSort
  order: 'asc' | 'desc'
  kind?: AssetKind
  status?: AssetStatus
  q?: string
}

export function assetRoutes(app: FastifyInstance, context: Context): void {
  const { database } = context

  app.get<{ Querystring: AssetQuery }>(
    '/api/assets',
    {
      schema: {
        querystring: {
          type: 'object',
          properties: {
            offset: { type: 'integer', minimum: 0, default: 0 },
            limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
            sort: { type: 'string', enum: SORTS, default: 'createdAt' },
            order: { type: 'string', enum: ['asc', 'desc'], default: 'desc' },
            kind: { type: 'string', enum: KINDS },
            status: { type: 'string', enum: STATUSES },
            q: { type: 'string', maxLength: 80 },
          },
        },
      },
    },
    ({ query }): AssetPage => {
      const where = 'WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR status = ?2) AND name LIKE ?3'
      const values = [query.kind ?? null, query.status ?? null, `%${query.q ?? ''}%`]
      const { total } = one<{ total: number }>(database, `SELECT count(*) AS total FROM assets ${where}`, ...values)!
      // The column and the direction come from the enumerations of the schema, never from the request itself.
      const rows = many<Asset>(
        database,
        `SELECT * FROM assets ${where} ORDER BY ${query.sort} ${query.order}, id LIMIT ?4 OFFSET ?5`,
        ...values,
        query.limit,
        query.offset,
      )
      return { total, offset: query.offset, rows }
    },
  )

  app.post<{ Body: { ids: number[]; status: AssetStatus } }>(
    '/api/assets/status',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            ids: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 10_000 },
            status: { type: 'string', enum: STATUSES },
          },
          required: ['ids', 'status'],
          additionalProperties: false,
        },
      },
    },
    ({ body }) => {
      const changed = run(
        database,
        'UPDATE assets SET status = ? WHERE id IN (SELECT value FROM json_each(?))',
        body.status,
        JSON.stringify(body.ids),
      )
      record(context, `marked as ${body.status}`, {
        subjectKind: 'asset',
        subjectId: String(body.ids[0]),
        subject: changed === 1 ? 'one asset' : `${changed} assets`,
      })
      return { changed }
    },
  )

  app.post<{ Body: { projectId: string; files: { name: string; kind: AssetKind; bytes: number }[] } }>(
    '/api/assets/import',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            projectId: { type: 'string', maxLength: 60 },
            files: {
              type: 'array',
              minItems: 1,
              maxItems: 200,
              items: {
                type: 'object',
                properties: {
                  name: { type: 'string', minLength: 1, maxLength: 200 },
                  kind: { type: 'string', enum: KINDS },
                  bytes: { type: 'integer', minimum: 0 },
                },
                required: ['name', 'kind', 'bytes'],
                additionalProperties: false,
              },
            },
          },
          required: ['projectId', 'files'],
          additionalProperties: false,
        },
      },
    },
    ({ body }, reply) => {
      const createdAt = context.now().toISOString()
      for (const file of body.files) {
        run(
          database,
          `INSERT INTO assets (name, kind, status, projectId, bytes, createdAt) VALUES (?, ?, 'processing', ?, ?, ?)`,
          file.name,
          file.kind,
          body.projectId,
          file.bytes,
          createdAt,
        )
      }
      record(context, 'imported into', { subjectKind: 'project', subjectId: body.projectId, subject: body.projectId })
      reply.code(201)
      return { imported: body.files.length }
    },
  )
}
