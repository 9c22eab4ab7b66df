import { defineConfig } from 'tsdown'

export default defineConfig({
  workspace: [
    'packages/{kit,artifact-cache,build-graph,budgets,chunks,collector,compress,delivery,images,lab,paceline,service-worker,vitals}',
  ],
  entry: ['src/index.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  fixedExtension: false,
  dts: { oxc: true },
  sourcemap: false,
  // What the comments of public things say stands in the declarations, where editors look for it.
  outputOptions: { comments: { legal: true, annotation: true, jsdoc: false } },
  clean: true,
})
