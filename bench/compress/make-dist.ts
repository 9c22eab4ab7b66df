import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Minified files as their packages publish them: what ends up in the chunks of a large app, the same for everybody. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'mermaid@11.17.2': ['dist/mermaid.esm.min.mjs', 'dist/chunks/mermaid.esm.min'],
  'antd@6.6.8': ['dist/antd.min.js'],
  'echarts@6.1.0': ['dist/echarts.esm.min.js'],
  'bootstrap@5.3.9': ['dist/css/bootstrap.min.css', 'dist/js/bootstrap.esm.min.js'],
}

/** Fetches the files of {@link SOURCES} into a folder, once. */
export function makeDist(folder: string): string {
  const dist = join(folder, 'dist')
  if (existsSync(dist)) return dist
  mkdirSync(folder, { recursive: true })
  const temporary = mkdtempSync(join(folder, 'packages-'))
  const made = join(temporary, 'dist')
  for (const [spec, files] of Object.entries(SOURCES)) {
    const name = spec.split('@')[0]!
    // On Windows npm is a .cmd file, which only a shell can run.
    execFileSync('npm', ['pack', spec, '--silent'], {
      cwd: temporary,
      shell: process.platform === 'win32',
      stdio: 'ignore',
    })
    const tarball = readdirSync(temporary).find((file) => file.startsWith(`${name}-`) && file.endsWith('.tgz'))!
    execFileSync('tar', ['-xzf', tarball], { cwd: temporary })
    for (const file of files) {
      cpSync(join(temporary, 'package', file), join(made, name, file), {
        recursive: true,
        filter: (path) => !path.endsWith('.map'),
      })
    }
    rmSync(join(temporary, 'package'), { recursive: true })
  }
  renameSync(made, dist)
  rmSync(temporary, { recursive: true })
  return dist
}
