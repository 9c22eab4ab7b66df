/** What can differ. */
export type Check =
  | 'no answer'
  | 'status'
  | 'header'
  | 'bytes'
  | 'encoding'
  | 'format'
  | 'revalidation'
  | 'delta'
  | 'wrong delta'
  | 'missing file'
  | 'page'
  | 'link'
  | 'speculation rules'

/** One difference between the policy and the site. */
export interface Finding {
  readonly check: Check
  /** Header, encoding or format, when it is about one. */
  readonly subject?: string
  /** Path that was asked for. */
  readonly path: string
  readonly expected: string
  readonly received: string
}

/** The same difference at one or more addresses. */
export interface FindingGroup extends Omit<Finding, 'path'> {
  /** `note`: bytes that could be saved, on a host that cannot save them. */
  readonly severity: 'error' | 'note'
  readonly paths: readonly string[]
  /** What visitors notice of it. */
  readonly why: string
  /** What to do on this host. */
  readonly fix: string
}

/** Puts together what is the same, errors first, then what concerns most addresses. */
export function groupFindings(
  findings: readonly Finding[],
  explain: (finding: Finding) => Pick<FindingGroup, 'fix' | 'severity' | 'why'>,
): FindingGroup[] {
  const groups = Map.groupBy(findings, ({ check, subject, expected, received }) => {
    const isSpecific = SPECIFIC.has(check) || SPECIFIC.has(subject ?? '')
    return JSON.stringify([check, subject, ...(isSpecific ? [] : [expected, received])])
  })
  return [...groups.values()]
    .map((group): FindingGroup => {
      const { path: _, ...first } = group[0]!
      return { ...first, ...explain(group[0]!), paths: group.map(({ path }) => path) }
    })
    .sort((a, b) => (a.severity === b.severity ? b.paths.length - a.paths.length : a.severity === 'error' ? -1 : 1))
}

/** What is expected is another thing at each address; the first stands for all. */
const SPECIFIC: ReadonlySet<string> = new Set(['bytes', 'link', 'use-as-dictionary'])
