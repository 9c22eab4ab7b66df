import { existsSync, readFileSync } from 'node:fs'

/** Whether this process runs inside a container, as far as Linux tells. */
export function isContainer(): boolean {
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return true
  if (process.env['KUBERNETES_SERVICE_HOST'] !== undefined) return true
  return existsSync('/proc/1/cgroup') && /docker|kubepods|containerd|lxc/.test(readFileSync('/proc/1/cgroup', 'utf8'))
}
