/** A way to install Chromium that the system offers. */
export interface PackageManager {
  readonly command: 'apt-get' | 'dnf' | 'apk' | 'brew'
  /** Commands to run in this order, without `sudo`. */
  readonly steps: readonly (readonly string[])[]
  readonly needsRoot: boolean
}

/** The ways of this platform, to be tried if the command exists. */
export function packageManagers(platform: NodeJS.Platform): PackageManager[] {
  if (platform === 'darwin') {
    return [{ command: 'brew', steps: [['brew', 'install', '--cask', 'google-chrome']], needsRoot: false }]
  }
  if (platform !== 'linux') return []
  return [
    {
      command: 'apt-get',
      // The lists of a fresh image are empty or old: without the update the package is not found.
      steps: [
        ['apt-get', 'update', '-q'],
        ['apt-get', 'install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      ],
      needsRoot: true,
    },
    { command: 'dnf', steps: [['dnf', 'install', '-y', 'chromium']], needsRoot: true },
    { command: 'apk', steps: [['apk', 'add', '--no-cache', 'chromium', 'font-liberation']], needsRoot: true },
  ]
}
