import { BEACON_PATH } from '@paceline/kit'
import { ANSWERS } from './answer-schemas.ts'
import type { ApiRoute } from './api-routes.ts'

export const API_PATH = '/__paceline/api/'

/** The description of the API: made from what Fastify checks, so that both say the same. */
export function openApi(routes: readonly ApiRoute[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const { method, path, summary, query, required = [], body } = route
    const url = `${API_PATH}${path}`
    paths[url] = {
      ...paths[url],
      [method.toLowerCase()]: {
        summary,
        parameters: Object.entries(query).map(([name, schema]) => ({
          name,
          in: 'query',
          required: required.includes(name),
          schema,
        })),
        ...(body === undefined
          ? {}
          : { requestBody: { required: true, content: { 'application/json': { schema: {} } } } }),
        responses: {
          200: { description: 'The answer', content: { 'application/json': { schema: ANSWERS[path] ?? {} } } },
          ...REFUSALS,
        },
        security: [{ token: [] }],
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Paceline collector', version: '1' },
    paths: {
      ...paths,
      ...othersOf(),
      [BEACON_PATH]: {
        post: {
          summary: 'Takes one beacon, or an array of at most 100.',
          requestBody: { required: true, content: { 'text/plain': { schema: { type: 'string' } } } },
          responses: {
            204: { description: 'It is on disk' },
            400: { description: 'It is no beacon' },
            413: { description: 'More than 64 kB' },
            429: { description: 'Too many from this client; see Retry-After' },
            503: { description: 'Too many altogether; see Retry-After' },
          },
        },
      },
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
}

/** What answers besides the API: server-sent events, this description, health and metrics. */
function othersOf(): Record<string, object> {
  const { 400: _query, ...refusals } = REFUSALS
  const guarded = (summary: string, type: string, schema: object, more: object = {}): object => ({
    get: {
      summary,
      responses: { 200: { description: 'The answer', content: { [type]: { schema } } }, ...refusals, ...more },
      security: [{ token: [] }],
    },
  })
  const health = (status: string): object => ({
    description: status,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['status'],
          properties: { status: { const: status }, reason: { type: 'string' } },
        },
      },
    },
  })
  const found: Record<string, object> = {
    [`${API_PATH}live`]: guarded(
      'Beacons as they arrive, as server-sent events.',
      'text/event-stream',
      { type: 'string' },
      {
        503: { description: 'Too many are watching' },
      },
    ),
    [`${API_PATH}openapi.json`]: guarded('This description.', 'application/json', { type: 'object' }),
  }
  for (const prefix of ['', '/__paceline']) {
    found[`${prefix}/metrics`] = guarded('What Prometheus asks for.', 'text/plain', { type: 'string' })
    found[`${prefix}/health/live`] = {
      get: { summary: 'Whether the process answers.', responses: { 200: health('live') } },
    }
    found[`${prefix}/health/ready`] = {
      get: {
        summary: 'Whether beacons can be stored now.',
        responses: { 200: health('ready'), 503: health('not ready') },
      },
    }
  }
  return found
}

const REFUSALS = {
  400: { description: 'The query is not as described here' },
  401: { description: 'A token is needed, or the one that came is wrong' },
  403: { description: 'Without a token only this machine may ask' },
  429: { description: 'Too many wrong tokens' },
}
