/** Chunks made by hand: name → the modules in it. The first group that matches counts. */
export type HandTuned = Readonly<Record<string, RegExp>>

/** Modules of packages, by name; a name that ends in `*` stands for all that begin so. */
export function packages(...names: string[]): RegExp {
  const patterns = names.map((name) => name.replaceAll('.', String.raw`\.`).replace(/\*$/, '[^/]*'))
  return new RegExp(String.raw`/node_modules/(?:${patterns.join('|')})/`)
}
