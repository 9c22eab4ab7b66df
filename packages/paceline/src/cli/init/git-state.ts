import { errorCodes, openGit } from '@paceline/kit'

/**
 * What keeps `git diff` from showing exactly what was written.
 *
 * @returns nothing when everything is committed
 */
export async function treeState(directory: string): Promise<string | undefined> {
  try {
    const git = await openGit(directory)
    if (await git.isClean()) return undefined
    return 'The work tree has changes that are not committed. Commit them first, and `git diff` shows what was written here.'
  } catch (error) {
    if (!errorCodes(error).includes('PACELINE_GIT_UNAVAILABLE')) throw error
    return 'This is no git repository: there is no undo but your own copy.'
  }
}
