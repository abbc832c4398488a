export type MadeAvatar =
  | { readonly kind: 'made'; readonly image: Uint8Array }
  /** Not an image, or one that is damaged. */
  | { readonly kind: 'unreadable' }
  /** Others wait, and there is no room for one more. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number };

/**
 * Makes avatars of what people give. Duties: the answer is a WebP of 256×256 pixels, upright, with nothing of the file in it
 * but what it shows; whatever the file does to its decoder, this process goes on; one at a time, beside the main thread,
 * within a time limit. Rejects where no image could be made of any file.
 */
export interface AvatarImages {
  /** @param image a PNG, JPEG or WebP by its first bytes, of at most `AVATAR_PIXELS_MAX` pixels by its header */
  make(image: Uint8Array): Promise<MadeAvatar>;
}
