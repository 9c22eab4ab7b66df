/** Chunks made by hand: name → the modules in it. The first group that matches counts. */
export type HandTuned = Readonly<Record<string, RegExp>>

/** Modules of packages, by name; `*` stands for any part of a name. */
export function packages(...names: string[]): RegExp {
  const patterns = names.map((name) =>
    name
      .replaceAll('.', String.raw`\.`)
      .replaceAll('/', String.raw`[\\/]`)
      .replaceAll('*', String.raw`[^\\/]*`),
  )
  return new RegExp(String.raw`[\\/]node_modules[\\/](?:${patterns.join('|')})[\\/]`)
}
