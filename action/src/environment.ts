import { readFileSync } from 'node:fs'
import type { Repository } from './github.ts'

/** @throws When the variable is not set: the script was not started by its action. */
export function needed(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set; this script is started by its action.yml.`)
  return value
}

export function repositoryOf(token: string): Repository {
  return { api: process.env['GITHUB_API_URL'] ?? 'https://api.github.com', name: needed('GITHUB_REPOSITORY'), token }
}

/** The pull request that started the workflow. */
export function pullOf(eventFile: string | undefined): number | undefined {
  if (eventFile === undefined || eventFile === '') return undefined
  const event = JSON.parse(readFileSync(eventFile, 'utf8')) as { pull_request?: { number?: number } }
  return event.pull_request?.number
}
