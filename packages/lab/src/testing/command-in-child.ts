import { startCommand } from '../source/start-command.ts'

/** The command of somebody who ends in ways that a test cannot end itself. The first line is the address of the server. */
const { url } = await startCommand(process.argv[2]!, process.cwd())
process.stdout.write(`${url}\n`)
process.on('SIGUSR2', () => {
  throw new Error('crashed on purpose')
})
