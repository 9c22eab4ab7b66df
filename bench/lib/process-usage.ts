import { readFileSync, writeFileSync } from 'node:fs'
import { childCpu } from './usage.ts'
import type { Usage } from './usage.ts'

/** Writes what this process used to a file when it exits: the process itself is the only one who knows. */
export function reportUsageAtExit(file: string): void {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    const own = (userCPUTime + systemCPUTime) / 1000
    const usage: Usage = { cpu: own + waitedFor(), wall: process.uptime() * 1000, rss: maxRSS * 1024 }
    writeFileSync(file, JSON.stringify(usage))
  })
}

/** Node does not tell about children. Where Linux does not either, they are left out, and RESULTS.md says so. */
function waitedFor(): number {
  return process.platform === 'linux' ? childCpu(readFileSync('/proc/self/stat', 'utf8')) : 0
}
