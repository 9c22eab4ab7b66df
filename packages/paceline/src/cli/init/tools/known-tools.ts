import { bundlewatch } from './bundlewatch.ts'
import { compression } from './compression.ts'
import { compression2 } from './compression2.ts'
import type { ConfigTool } from './config-tool.ts'
import { imageOptimizer } from './image-optimizer.ts'
import { imagetools } from './imagetools.ts'
import { lighthouse } from './lighthouse.ts'
import type { PluginTool } from './plugin-tool.ts'
import { pwa } from './pwa.ts'
import { sizeLimit } from './size-limit.ts'
import { visualizer } from './visualizer.ts'

/** Plugins that Paceline stands in for, in the order in which their options are written. */
export const pluginTools: readonly PluginTool[] = [
  compression2,
  compression,
  imageOptimizer,
  imagetools,
  pwa,
  visualizer,
]

export const configTools: readonly ConfigTool[] = [sizeLimit, bundlewatch, lighthouse]
