import * as v from 'valibot'
import { PLAN_VERSION, type Setting, type StoredChunk, type StoredPlan } from './stored-plan.ts'

/** The file as JSON: {@link StoredPlan} has chunks as a list in order, the file has them by name. */
export interface PlanFile extends Omit<StoredPlan, 'chunks'> {
  readonly chunks: Readonly<Record<string, Omit<StoredChunk, 'name'>>>
}

const setting: v.GenericSchema<Setting> = v.lazy(() =>
  v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(setting), v.record(v.string(), setting)]),
)

const figure = v.pipe(v.number(), v.finite(), v.minValue(0))
const share = v.pipe(figure, v.maxValue(1))
const names = v.array(v.string())

/** Part of a file name. People may rename chunks as they like, but not out of the directory. */
const chunkName = v.pipe(
  v.string(),
  v.regex(
    /^[\p{L}\p{N}_@-][\p{L}\p{N}_@.-]*(?:\/[\p{L}\p{N}_@-][\p{L}\p{N}_@.-]*)*$/u,
    ({ received }) => `${received} is no name for a chunk; write letters, digits, \`-\`, \`_\`, \`.\` and \`@\``,
  ),
)

const planFile = v.pipe(
  v.strictObject({
    version: v.literal(PLAN_VERSION),
    app: v.string(),
    settings: v.record(v.string(), setting),
    bundler: v.exactOptional(v.literal(true)),
    unordered: v.exactOptional(v.literal(true)),
    routes: v.record(v.string(), v.strictObject({ bytes: figure, requests: figure })),
    collections: v.exactOptional(names),
    updates: v.exactOptional(v.record(v.string(), share)),
    chunks: v.record(
      chunkName,
      v.strictObject({
        kind: v.picklist(['entry', 'group', 'planned']),
        shared: v.exactOptional(v.picklist(['pages', 'anyone'])),
        imports: names,
        mentions: v.optional(v.record(v.string(), names), {}),
        basis: v.exactOptional(v.record(v.string(), v.string())),
        modules: names,
      }),
    ),
  }),
  v.check(({ bundler, chunks }) => bundler === true || Object.keys(chunks).length > 0, '`chunks`: there are none'),
  v.check(
    ({ bundler, chunks }) => bundler !== true || Object.keys(chunks).length === 0,
    '`chunks`: there are some, beside `bundler`',
  ),
)

/** Checks the shape of parsed JSON; what is wrong with it comes back as text. */
export function checkPlanFile(json: unknown): { readonly file: PlanFile } | { readonly problem: string } {
  const result = v.safeParse(planFile, json)
  if (result.success) return { file: result.output }
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  return { problem: path === null ? issue.message : `\`${path}\`: ${issue.message}` }
}
