/** Kinds of pictures that can be sent; what comes out is always WebP. */
export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"] as const

/** The largest file that is looked at. */
export const MOST_PICTURE_BYTES = 8 * 1024 * 1024

export type PictureView = { url: string; width: number; height: number }
