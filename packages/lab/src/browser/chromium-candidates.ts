import { posix, win32 } from 'node:path'

/** What the choice of a browser depends on. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** The names under which distributions install it. */
export const CHROMIUM_COMMANDS: readonly string[] = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
]
const LINUX_FILES = ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium']
const MAC_APPS = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium']
const WINDOWS_FILES = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe']
const WINDOWS_FOLDERS = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']

/**
 * Where Chromium or Chrome usually is, the likeliest first. Nothing here says that a file exists or starts: on Ubuntu,
 * for one, `chromium-browser` may be a script that only says how to install it.
 */
export function chromiumCandidates({ platform, env, home }: Machine): string[] {
  if (platform === 'win32') {
    const folders = WINDOWS_FOLDERS.map((name) => env[name]).filter((folder) => folder !== undefined)
    return folders.flatMap((folder) => WINDOWS_FILES.map((file) => win32.join(folder, file)))
  }
  // A browser in whatever folder we happen to stand in is not looked for.
  const path = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  const commands = path.flatMap((folder) => CHROMIUM_COMMANDS.map((name) => posix.join(folder, name)))
  if (platform !== 'darwin') return [...new Set([...commands, ...LINUX_FILES])]
  const apps = ['/Applications', posix.join(home, 'Applications')]
  return [...apps.flatMap((folder) => MAC_APPS.map((app) => posix.join(folder, app))), ...commands]
}
