import { glob, readFile, stat } from 'node:fs/promises'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import { encoders } from '@paceline/kit'
import { filesByName } from '../core/sum-of.ts'
import { budgetError } from '../errors.ts'
import { parseSizeLimit, type SizeLimitCheck } from './parse-size-limit.ts'

/** A file that an entry matched. */
export interface MeasuredFile {
  /** Relative to the size-limit file's folder. */
  readonly file: string
  readonly size: number
  /** Its name in the report, when it is one of the build's files. */
  readonly emitted?: string
}

/** An entry of a size-limit file and what its globs matched on disk. */
export interface MeasuredCheck extends SizeLimitCheck {
  readonly name: string
  readonly files: readonly MeasuredFile[]
  /** The same globs relative to the output directory, to find the files of another build. */
  readonly emitted: { readonly include: readonly string[]; readonly exclude: readonly string[] }
}

/**
 * Measures the entries of a size-limit file as its command does: same globs, same files, same bytes. Files of the
 * report are not encoded again.
 *
 * @param file absolute path of the size-limit file
 * @param outDir absolute path of the build's output
 * @throws `PACELINE_SIZE_LIMIT_UNREADABLE`
 */
export async function measureChecks(file: string, outDir: string, report: BuildReport): Promise<MeasuredCheck[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const problem = 'It cannot be read. Check the path in `budgets.sizeLimit`; it is relative to the Vite root.'
    throw budgetError('PACELINE_SIZE_LIMIT_UNREADABLE', [file, [problem]], { cause })
  })
  const cwd = dirname(file)
  const emitted = filesByName(report)
  const besides = new Set(report.delivery?.besides.map((name) => join(outDir, name)))
  const measure = async (check: SizeLimitCheck): Promise<MeasuredCheck> => {
    const all = await globFiles(check.path, cwd)
    // Files of earlier releases are in the output for open tabs; this release does not load them.
    const found = all.filter((name) => !besides.has(resolve(cwd, name)))
    const files = await Promise.all(
      found.map(async (name): Promise<MeasuredFile> => {
        const path = resolve(cwd, name)
        const inBuild = relative(outDir, path).replaceAll(sep, '/')
        const entry = emitted.get(inBuild)
        if (entry) return { file: name, size: entry[check.encoding], emitted: inBuild }
        return { file: name, size: await sizeOnDisk(path, check.encoding) }
      }),
    )
    const patterns = Map.groupBy(check.path, (pattern) => (pattern.startsWith('!') ? 'exclude' : 'include'))
    const translate = (pattern: string) => inOutDir(pattern.replace(/^!/, ''), cwd, outDir)
    return {
      ...check,
      // size-limit names an entry without a name after its files.
      name: check.name ?? found.join(', '),
      files,
      emitted: {
        include: (patterns.get('include') ?? []).flatMap(translate),
        exclude: (patterns.get('exclude') ?? []).flatMap(translate),
      },
    }
  }
  return Promise.all(parseSizeLimit(text, file).map(measure))
}

/** size-limit's reading of `path`: Node's globs, a folder stands for all files in it, `!` takes away. */
async function globFiles(patterns: readonly string[], cwd: string): Promise<string[]> {
  const find = async (included: readonly string[]): Promise<Set<string>> => {
    const expanded = included.flatMap((pattern) => [pattern, `${pattern}/**`])
    const files = new Set<string>()
    for await (const entry of glob(expanded, { cwd, withFileTypes: true })) {
      if (entry.isFile()) files.add(relative(cwd, join(entry.parentPath, entry.name)))
    }
    return files
  }
  const found = await find(patterns.filter((pattern) => !pattern.startsWith('!')))
  const ignored = await find(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)))
  return [...found].filter((file) => !ignored.has(file))
}

async function sizeOnDisk(path: string, encoding: SizeLimitCheck['encoding']): Promise<number> {
  if (encoding === 'raw') return (await stat(path)).size
  return (await encoders[encoding].encode(await readFile(path))).byteLength
}

function inOutDir(pattern: string, cwd: string, outDir: string): string[] {
  const slashes = (path: string): string => path.replaceAll(sep, '/')
  const within = posix.relative(slashes(outDir), posix.resolve(slashes(cwd), pattern))
  if (within.startsWith('..')) return []
  return within === '' ? ['**'] : [within, posix.join(within, '**')]
}
