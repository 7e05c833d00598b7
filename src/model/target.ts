/** A target as one scan uses it; `key` (`hip@7.0:gfx942`) tells two variants of one target apart. */
export interface ResolvedTarget {
  readonly id: string;
  readonly version: string;
  readonly variant: string;
  readonly key: string;
}
