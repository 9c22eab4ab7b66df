/** A way to install things that the system offers. */
export interface PackageManager {
  readonly command: PackageManagerName
  /** Commands to run in this order, without `sudo`. */
  readonly steps: readonly (readonly string[])[]
  readonly needsRoot: boolean
}

export type PackageManagerName = 'apt-get' | 'dnf' | 'apk' | 'brew'

/** What a thing is called by those who package it; who does not have it is left out. */
export type Packages = Readonly<Partial<Record<PackageManagerName, readonly string[]>>>

/** The ways of this platform to install something, to be tried if the command exists. */
export function packageManagers(platform: NodeJS.Platform, packages: Packages): PackageManager[] {
  const { brew, dnf, apk, 'apt-get': apt } = packages
  const ways: (PackageManager | undefined)[] =
    platform === 'darwin'
      ? [brew && { command: 'brew', steps: [['brew', 'install', ...brew]], needsRoot: false }]
      : [
          apt && {
            command: 'apt-get',
            // The lists of a fresh image are empty or old: without the update the package is not found.
            steps: [
              ['apt-get', 'update', '-q'],
              ['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...apt],
            ],
            needsRoot: true,
          },
          dnf && { command: 'dnf', steps: [['dnf', 'install', '-y', ...dnf]], needsRoot: true },
          apk && { command: 'apk', steps: [['apk', 'add', '--no-cache', ...apk]], needsRoot: true },
        ]
  return platform === 'darwin' || platform === 'linux' ? ways.filter((way) => way !== undefined) : []
}
