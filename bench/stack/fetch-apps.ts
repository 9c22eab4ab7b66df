import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

interface PublicApp {
  readonly repository: string
  /** The commit that RESULTS.md was measured on. */
  readonly commit: string
  /** Where its package.json is. */
  readonly folder: string
  /** Commands that install it, with the package manager of its lockfile. */
  readonly install: readonly (readonly string[])[]
}

const APPS: readonly PublicApp[] = [
  {
    repository: 'https://github.com/satnaing/shadcn-admin',
    commit: 'a6352e7df0de652e4349f6bf53ca246de6ff013f',
    folder: '.',
    install: [['npx', '--yes', 'pnpm@10', 'install', '--frozen-lockfile', '--ignore-scripts']],
  },
  {
    repository: 'https://github.com/alan2207/bulletproof-react',
    commit: '9506629ed003a561c6627735480cce4994244bb4',
    folder: 'apps/react-vite',
    install: [
      ['npx', '--yes', 'yarn@1.22.22', 'install', '--frozen-lockfile', '--ignore-scripts'],
      // It comes with Vite 5.
      ['npx', '--yes', 'yarn@1.22.22', 'add', '--dev', '--ignore-scripts', 'vite@8.3.8', '@vitejs/plugin-react@6.3.0'],
    ],
  },
]

/**
 * Gets the public apps into a folder and installs them.
 *
 * @throws {Error} When a command fails.
 */
export function fetchApps(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const { repository, commit, folder: inside, install } of APPS) {
    const checkout = join(folder, repository.split('/').at(-1)!)
    if (!existsSync(checkout)) {
      must(['git', 'clone', '--filter=blob:none', '--no-checkout', repository, checkout], folder)
      must(['git', 'checkout', '--quiet', commit], checkout)
    }
    const app = join(checkout, inside)
    for (const command of install) must(command, app)
    process.stdout.write(`${app}\n`)
  }
}

function must([command = '', ...args]: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status === 0) return
  throw new Error(
    `\`${command} ${args.join(' ')}\` failed in ${cwd}; received ${error?.message ?? `exit code ${status}`}. Put right what it says, then run it again.`,
    { cause: error },
  )
}
