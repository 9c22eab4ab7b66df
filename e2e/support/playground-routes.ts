import { readFileSync } from 'node:fs'

/** A page of the playground, as its report has it. */
export interface PlaygroundRoute {
  readonly path?: string
  readonly firstLoad: { readonly files: readonly string[] }
}

interface PlaygroundReport {
  readonly routes: readonly PlaygroundRoute[]
  readonly chunks: readonly { readonly file: string; readonly facade?: string }[]
}

/** Routes in a report about the playground. */
export function routesIn(reports: string): readonly PlaygroundRoute[] {
  return readPlaygroundReport(reports).routes
}

/** Chunks that every page asks for once it has come to rest: they are in no first load. */
export function chunksAtRest(reports: string): readonly string[] {
  const found = readPlaygroundReport(reports).chunks.filter(
    ({ facade }) => facade === 'virtual:paceline/service-worker',
  )
  if (found.length === 0) throw new Error('The playground has no page side of a service worker. Build it again.')
  return found.map(({ file }) => file)
}

const known = new Map<string, PlaygroundReport>()

/** Read once in each process: every test asks several times, and no test builds the playground. */
function readPlaygroundReport(reports: string): PlaygroundReport {
  const file = new URL(`../../playground/${reports}/report.json`, import.meta.url)
  const report = known.get(reports) ?? (JSON.parse(readFileSync(file, 'utf8')) as PlaygroundReport)
  known.set(reports, report)
  return report
}

/** The addresses of the playground, whatever its chunks are. */
export const paths: readonly string[] = routesIn('.paceline').flatMap((route) => route.path ?? [])

/** Things that exist, for the parameters of a path: the list to ask the API for and the field of its first item. */
const parameters: Readonly<Record<string, string>> = {
  projectId: '/api/projects',
  photoId: '/api/photos',
  noteId: '/api/notes',
}

/**
 * An address of a path: parameters stand for something that exists.
 *
 * @param ask asks the API
 */
export async function addressOf(path: string, ask: (list: string) => Promise<unknown>): Promise<string> {
  let address = path.replace(/\*$/, 'no-such-page')
  for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
    const list = parameters[name]
    if (list === undefined)
      throw new Error(`No example is known for \`:${name}\` of ${path}. Add it to \`parameters\`.`)
    const answer = (await ask(list)) as { items?: { id: string | number }[] } | { id: string }[]
    const first = Array.isArray(answer) ? answer[0] : answer.items?.[0]
    address = address.replace(`:${name}`, String(first?.id))
  }
  return address
}
