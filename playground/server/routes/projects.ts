import type { FastifyInstance } from 'fastify'
import type { NoteSummary, Project, ProjectDetail, ProjectInput, ProjectStatus, Stage, Task } from '../../shared/api.ts'
import { type Context, notFound, record, slug } from '../context.ts'
import { many, one, run } from '../database.ts'
import { NOTE_SUMMARY } from './notes.ts'
import { PHOTO_COLUMNS, type PhotoRow, toPhoto } from './photos.ts'

const STATUS = { type: 'string', enum: ['planned', 'active', 'review', 'delivered'] }
const STAGE = { type: 'string', enum: ['todo', 'doing', 'review', 'done'] }
const INPUT = {
  name: { type: 'string', minLength: 1, maxLength: 80, pattern: '\\S' },
  client: { type: 'string', minLength: 1, maxLength: 80, pattern: '\\S' },
  status: STATUS,
  coverId: { type: 'string', maxLength: 60 },
  summary: { type: 'string', maxLength: 600 },
  dueOn: { type: 'string', format: 'date' },
  budgetHours: { type: 'number', minimum: 0, maximum: 10_000 },
}

/** A project with its counts; the tables are small, so the counts are made as they are asked for. */
export const PROJECT_COLUMNS = `projects.*,
  (SELECT count(*) FROM tasks WHERE projectId = projects.id) AS tasks,
  (SELECT count(*) FROM tasks WHERE projectId = projects.id AND stage = 'done') AS tasksDone`

export function projectRoutes(app: FastifyInstance, context: Context): void {
  const { database, now } = context
  const find = (id: string): Project => {
    const project = one<Project>(database, `SELECT ${PROJECT_COLUMNS} FROM projects WHERE id = ?`, id)
    if (!project) throw notFound('project', id)
    return project
  }

  app.get<{ Querystring: { status?: ProjectStatus; q?: string } }>(
    '/api/projects',
    {
      schema: { querystring: { type: 'object', properties: { status: STATUS, q: { type: 'string', maxLength: 80 } } } },
    },
    ({ query }): Project[] =>
      many<Project>(
        database,
        `SELECT ${PROJECT_COLUMNS} FROM projects
         WHERE (? IS NULL OR status = ?) AND (name LIKE ? OR client LIKE ?) ORDER BY updatedAt DESC, id`,
        query.status ?? null,
        query.status ?? null,
        `%${query.q ?? ''}%`,
        `%${query.q ?? ''}%`,
      ),
  )

  app.post<{ Body: ProjectInput }>(
    '/api/projects',
    {
      schema: {
        body: { type: 'object', properties: INPUT, required: Object.keys(INPUT), additionalProperties: false },
      },
    },
    ({ body }, reply): Project => {
      const id = slug(body.name, (candidate) =>
        Boolean(one(database, 'SELECT id FROM projects WHERE id = ?', candidate)),
      )
      const at = now().toISOString()
      run(
        database,
        `INSERT INTO projects (id, name, client, status, coverId, summary, dueOn, budgetHours, createdAt, updatedAt)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        body.name.trim(),
        body.client.trim(),
        body.status,
        body.coverId,
        body.summary,
        body.dueOn,
        body.budgetHours,
        at,
        at,
      )
      record(context, 'created', { subjectKind: 'project', subjectId: id, subject: body.name.trim() })
      reply.code(201)
      return find(id)
    },
  )

  app.get<{ Params: { id: string } }>('/api/projects/:id', ({ params }): ProjectDetail => {
    const project = find(params.id)
    return {
      ...project,
      taskList: many<Task>(database, 'SELECT * FROM tasks WHERE projectId = ? ORDER BY id', project.id),
      photos: many<PhotoRow>(database, `SELECT ${PHOTO_COLUMNS} FROM photos WHERE projectId = ?`, project.id).map(
        toPhoto,
      ),
      notes: many<NoteSummary>(database, `SELECT ${NOTE_SUMMARY} FROM notes WHERE projectId = ?`, project.id),
    }
  })

  app.patch<{ Params: { id: string }; Body: Partial<ProjectInput> }>(
    '/api/projects/:id',
    { schema: { body: { type: 'object', properties: INPUT, additionalProperties: false, minProperties: 1 } } },
    ({ params, body }): Project => {
      const next = { ...find(params.id), ...body }
      run(
        database,
        `UPDATE projects SET name = ?, client = ?, status = ?, coverId = ?, summary = ?, dueOn = ?, budgetHours = ?,
         updatedAt = ? WHERE id = ?`,
        next.name,
        next.client,
        next.status,
        next.coverId,
        next.summary,
        next.dueOn,
        next.budgetHours,
        now().toISOString(),
        params.id,
      )
      record(context, 'updated', { subjectKind: 'project', subjectId: params.id, subject: next.name })
      return find(params.id)
    },
  )

  app.delete<{ Params: { id: string } }>('/api/projects/:id', ({ params }, reply) => {
    const project = find(params.id)
    run(database, 'DELETE FROM projects WHERE id = ?', project.id)
    record(context, 'deleted', { subjectKind: 'project', subjectId: project.id, subject: project.name })
    reply.code(204).send()
  })

  app.post<{ Params: { id: string }; Body: { title: string } }>(
    '/api/projects/:id/tasks',
    {
      schema: {
        body: {
          type: 'object',
          properties: { title: { type: 'string', minLength: 1, maxLength: 120, pattern: '\\S' } },
          required: ['title'],
          additionalProperties: false,
        },
      },
    },
    ({ params, body }, reply): Task => {
      const project = find(params.id)
      reply.code(201)
      return one<Task>(
        database,
        `INSERT INTO tasks (projectId, title, stage, priority, assigneeId) VALUES (?, ?, 'todo', 'normal', 'robin') RETURNING *`,
        project.id,
        body.title.trim(),
      )!
    },
  )

  app.patch<{ Params: { id: number }; Body: { stage: Stage } }>(
    '/api/tasks/:id',
    {
      schema: {
        params: { type: 'object', properties: { id: { type: 'integer' } } },
        body: { type: 'object', properties: { stage: STAGE }, required: ['stage'], additionalProperties: false },
      },
    },
    ({ params, body }): Task => {
      const task = one<Task>(database, 'UPDATE tasks SET stage = ? WHERE id = ? RETURNING *', body.stage, params.id)
      if (!task) throw notFound('task', params.id)
      const project = find(task.projectId)
      record(context, 'moved a task in', { subjectKind: 'project', subjectId: project.id, subject: project.name })
      return task
    },
  )
}
