import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { ApiKey, Billing, CreatedApiKey, Integration, Invoice, Member, Plan, Role } from '../../shared/api.ts'
import { type Context, HttpError, notFound, record, slug } from '../context.ts'
import { many, one, run } from '../database.ts'

const ROLE = { type: 'string', enum: ['editor', 'viewer'] }
const KEY_COLUMNS = 'id, label, scope, prefix, createdAt, lastUsedAt'
const SEATS: Record<Plan, number> = { solo: 1, studio: 8, agency: 40 }

/** Team, API keys, integrations and billing: what the settings manage beside the settings themselves. */
export function studioRoutes(app: FastifyInstance, context: Context): void {
  teamRoutes(app, context)
  keyRoutes(app, context)
  integrationRoutes(app, context)
  billingRoutes(app, context)
}

function teamRoutes(app: FastifyInstance, { database }: Context): void {
  const find = (id: string): Member => {
    const member = one<Member>(database, 'SELECT * FROM members WHERE id = ?', id)
    if (!member) throw notFound('member', id)
    if (member.role === 'owner') throw new HttpError(409, 'The owner stays the owner. Transfer the studio first.')
    return member
  }

  app.get('/api/team', (): Member[] => many<Member>(database, 'SELECT * FROM members ORDER BY rowid'))

  app.post<{ Body: { name: string; email: string; role: Role } }>(
    '/api/team',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            name: { type: 'string', minLength: 1, maxLength: 80, pattern: '\\S' },
            email: { type: 'string', format: 'email', maxLength: 120 },
            role: ROLE,
          },
          required: ['name', 'email', 'role'],
          additionalProperties: false,
        },
      },
    },
    ({ body }, reply): Member => {
      if (one(database, 'SELECT id FROM members WHERE email = ?', body.email)) {
        throw new HttpError(409, `${body.email} is already in the team.`)
      }
      const id = slug(body.name, (candidate) =>
        Boolean(one(database, 'SELECT id FROM members WHERE id = ?', candidate)),
      )
      reply.code(201)
      return one<Member>(
        database,
        'INSERT INTO members (id, name, email, role) VALUES (?, ?, ?, ?) RETURNING *',
        id,
        body.name.trim(),
        body.email,
        body.role,
      )!
    },
  )

  app.patch<{ Params: { id: string }; Body: { role: Role } }>(
    '/api/team/:id',
    {
      schema: {
        body: { type: 'object', properties: { role: ROLE }, required: ['role'], additionalProperties: false },
      },
    },
    ({ params, body }): Member =>
      one<Member>(database, 'UPDATE members SET role = ? WHERE id = ? RETURNING *', body.role, find(params.id).id)!,
  )

  app.delete<{ Params: { id: string } }>('/api/team/:id', ({ params }, reply) => {
    run(database, 'DELETE FROM members WHERE id = ?', find(params.id).id)
    reply.code(204).send()
  })
}

function keyRoutes(app: FastifyInstance, { database, now }: Context): void {
  app.get('/api/keys', (): ApiKey[] =>
    many<ApiKey>(database, `SELECT ${KEY_COLUMNS} FROM apiKeys ORDER BY createdAt DESC, id`),
  )

  app.post<{ Body: { label: string; scope: 'read' | 'write' } }>(
    '/api/keys',
    {
      schema: {
        body: {
          type: 'object',
          properties: {
            label: { type: 'string', minLength: 1, maxLength: 60, pattern: '\\S' },
            scope: { type: 'string', enum: ['read', 'write'] },
          },
          required: ['label', 'scope'],
          additionalProperties: false,
        },
      },
    },
    ({ body }, reply): CreatedApiKey => {
      const secret = `lmn_${randomBytes(24).toString('base64url')}`
      const id = randomBytes(6).toString('hex')
      const key = one<ApiKey>(
        database,
        `INSERT INTO apiKeys (id, label, scope, prefix, hash, createdAt) VALUES (?, ?, ?, ?, ?, ?) RETURNING ${KEY_COLUMNS}`,
        id,
        body.label.trim(),
        body.scope,
        secret.slice(0, 8),
        createHash('sha256').update(secret).digest('hex'),
        now().toISOString(),
      )!
      reply.code(201)
      return { ...key, secret }
    },
  )

  app.delete<{ Params: { id: string } }>('/api/keys/:id', ({ params }, reply) => {
    if (run(database, 'DELETE FROM apiKeys WHERE id = ?', params.id) === 0) throw notFound('API key', params.id)
    reply.code(204).send()
  })
}

function integrationRoutes(app: FastifyInstance, context: Context): void {
  const { database } = context
  const toIntegration = (row: Omit<Integration, 'connected'>): Integration => ({
    ...row,
    connected: row.account !== null,
  })

  app.get('/api/integrations', (): Integration[] =>
    many<Integration>(database, 'SELECT * FROM integrations ORDER BY rowid').map(toIntegration),
  )

  app.put<{ Params: { id: string }; Body: { account: string | null } }>(
    '/api/integrations/:id',
    {
      schema: {
        body: {
          type: 'object',
          properties: { account: { type: ['string', 'null'], maxLength: 120 } },
          required: ['account'],
          additionalProperties: false,
        },
      },
    },
    ({ params, body }): Integration => {
      const row = one<Integration>(
        database,
        'UPDATE integrations SET account = ? WHERE id = ? RETURNING *',
        body.account,
        params.id,
      )
      if (!row) throw notFound('integration', params.id)
      record(context, body.account === null ? 'disconnected' : 'connected', {
        subjectKind: 'settings',
        subjectId: 'integrations',
        subject: row.name,
      })
      return toIntegration(row)
    },
  )
}

function billingRoutes(app: FastifyInstance, { database, now }: Context): void {
  const read = (): Billing => {
    const stored = one<{ value: string }>(database, `SELECT value FROM settings WHERE section = 'billing'`)
    const plan = stored ? (JSON.parse(stored.value) as { plan: Plan }).plan : 'studio'
    const today = now()
    return {
      plan,
      seats: SEATS[plan],
      seatsUsed: one<{ total: number }>(database, 'SELECT count(*) AS total FROM members')!.total,
      renewsOn: new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1)).toISOString().slice(0, 10),
      invoices: many<Invoice>(database, 'SELECT * FROM invoices ORDER BY issuedOn DESC'),
    }
  }

  app.get('/api/billing', read)

  app.put<{ Body: { plan: Plan } }>(
    '/api/billing/plan',
    {
      schema: {
        body: {
          type: 'object',
          properties: { plan: { type: 'string', enum: Object.keys(SEATS) } },
          required: ['plan'],
          additionalProperties: false,
        },
      },
    },
    ({ body }): Billing => {
      const { seatsUsed } = read()
      if (seatsUsed > SEATS[body.plan]) {
        throw new HttpError(
          409,
          `The plan has ${SEATS[body.plan]} seats and the team uses ${seatsUsed}. Remove members first.`,
        )
      }
      run(database, `INSERT OR REPLACE INTO settings (section, value) VALUES ('billing', ?)`, JSON.stringify(body))
      return read()
    },
  )
}
