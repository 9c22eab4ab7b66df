import { realpath, stat, writeFile } from 'node:fs/promises'
import { writeAtomic } from '@paceline/kit'

/** Writes a file at once or not at all, through links. What is no file, such as `/dev/stdout`, is written to. */
export async function writeResult(path: string, result: string): Promise<void> {
  const known = await stat(path).catch(() => undefined)
  if (known === undefined) await writeAtomic(path, result)
  else if (known.isFile()) await writeAtomic(await realpath(path), result)
  else await writeFile(path, result)
}
