/** The trades this deployment ships: one line a plugin. Operators add packages with FANGSHI_PLUGINS. */
export const PLUGINS: readonly string[] = [
  "@fangshi/plugin-group-buy",
]
