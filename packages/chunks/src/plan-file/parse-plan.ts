import { basename } from 'node:path'
import { chunksError } from '../errors.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { orderChunks } from './order-chunks.ts'
import { checkPlanFile, type PlanFile } from './plan-schema.ts'
import { PLAN_VERSION, type StoredChunk, type StoredPlan } from './stored-plan.ts'

/** What the option `plan` is when nobody has set it. */
const USUAL_NAME = 'paceline.chunks.json'
/** How a plan begins, be it cut off or merged badly further down. The version of a `package.json` is a text. */
const BEGINNING = /^\uFEFF?\s*\{\s*"version":\s*\d+,\s*"app":/

/**
 * Reads the text of a plan file.
 *
 * @param file its name, for errors
 * @throws `PACELINE_PLAN_FOREIGN` when it is evidently something else, which nobody may write over
 * @throws `PACELINE_PLAN_UNREADABLE` when it is empty, no JSON, or of another shape
 * @throws `PACELINE_PLAN_CONFLICT` when Git left the marks of a merge in it
 * @throws `PACELINE_PLAN_VERSION` when another version of Paceline wrote it
 * @throws `PACELINE_PLAN_CONTRADICTORY` when no build could follow it
 */
export function parsePlan(text: string, file: string): StoredPlan {
  const { chunks, ...rest } = checkShape(parseJson(text, file), file)
  const listed = Object.entries(chunks).map(([name, { shared, basis, ...chunk }]): StoredChunk => ({
    name,
    ...chunk,
    ...(basis === undefined ? {} : { basis }),
    ...(shared === undefined ? {} : { shared }),
  }))
  // A merge of two branches that made a chunk of one name leaves both.
  const twice = duplicateKeys(text).map(
    ({ key, inside }) => `'${key}' stands ${inside === '' ? '' : `in \`${inside}\` `}twice`,
  )
  const problems = [...twice, ...contradictions(listed)]
  if (problems.length > 0) throw chunksError('PACELINE_PLAN_CONTRADICTORY', [file, problems])
  const { ordered, cycle } = orderChunks(listed)
  if (cycle) throw chunksError('PACELINE_PLAN_CONTRADICTORY', [file, [`chunks in a circle: ${cycle.join(' → ')}`]])
  return { ...rest, chunks: ordered }
}

function parseJson(text: string, file: string): unknown {
  if (text.trim() === '') throw chunksError('PACELINE_PLAN_UNREADABLE', [file, 'it is empty'])
  const lines = text.split(/\r?\n/)
  const mark = lines.findIndex((line) => /^(<{7}|={7}|>{7}|\|{7})( |$)/.test(line))
  const isOurs = basename(file) === USUAL_NAME || BEGINNING.test(text)
  if (mark !== -1 && isOurs) throw chunksError('PACELINE_PLAN_CONFLICT', [file, mark + 1, lines[mark] ?? ''])
  try {
    // Some editors on Windows put a byte order mark in front, which JSON does not know.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const received = `JSON cannot be read: ${(cause as Error).message}`
    throw chunksError(isOurs ? 'PACELINE_PLAN_UNREADABLE' : 'PACELINE_PLAN_FOREIGN', [file, received], { cause })
  }
}

function checkShape(json: unknown, file: string): PlanFile {
  const { version, chunks }: { version?: unknown; chunks?: unknown } =
    typeof json === 'object' && json !== null ? json : {}
  const isOurs = typeof version === 'number' && (chunks !== undefined || basename(file) === USUAL_NAME)
  if (!isOurs) {
    throw chunksError('PACELINE_PLAN_FOREIGN', [file, 'JSON without a `version` and `chunks`'])
  }
  if (version !== PLAN_VERSION) throw chunksError('PACELINE_PLAN_VERSION', [file, version, PLAN_VERSION])
  const result = checkPlanFile(json)
  if ('problem' in result) throw chunksError('PACELINE_PLAN_UNREADABLE', [file, result.problem])
  return result.file
}

function contradictions(chunks: readonly StoredChunk[]): string[] {
  const problems: string[] = []
  const names = new Set(chunks.map(({ name }) => name))
  const chunkOf = new Map<string, string>()
  for (const { name, modules, imports, mentions } of chunks) {
    for (const line of modules) {
      const other = chunkOf.get(line)
      if (other === name) problems.push(`'${line}' stands in '${name}' twice`)
      else if (other !== undefined) problems.push(`'${line}' lies in '${other}' and in '${name}'`)
      chunkOf.set(line, name)
    }
    for (const other of imports) if (!names.has(other)) problems.push(`'${name}' imports '${other}', which is no chunk`)
    for (const [module, others] of Object.entries(mentions)) {
      const unknown = others.find((other) => !names.has(other))
      if (unknown !== undefined) problems.push(`'${module}' mentions '${unknown}', which is no chunk`)
    }
  }
  return problems
}
