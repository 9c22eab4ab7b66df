import { reportUsageAtExit } from '../lib/process-usage.ts'

/** Loaded before a tool that runs after the build (`node --import`): what it used, into the file that `BENCH_USAGE` names. */
const file = process.env['BENCH_USAGE']
if (file === undefined) throw new Error('`BENCH_USAGE` must name a file; it is not set.')
reportUsageAtExit(file)
