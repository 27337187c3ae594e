import { statSync } from "node:fs"

const PACKAGE = /[\\/]node_modules[\\/]/

/** Was one of these files written or removed after `from`, in milliseconds of the epoch? Packages are not looked at. */
export const changedSince = (files: readonly string[], from: number): boolean => files.some((file) => !PACKAGE.test(file) && (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > from)
