import { commentOfFork } from './comment-of-fork.ts'
import { needed, repositoryOf } from './environment.ts'

const address = await commentOfFork(
  needed('PACELINE_ACTION_FOLDER'),
  needed('PACELINE_ACTION_HEAD'),
  repositoryOf(needed('PACELINE_ACTION_TOKEN')),
)
process.stdout.write(`${address ?? 'The pull request has moved on; its next run writes the comment.'}\n`)
