import type { Avatar } from '../../ports/directory.ts';

/** An avatar on its way to the log's thread: the image in Base64 (RFC 4648 §4). */
interface JsonAvatar {
  readonly hash: string;
  readonly image: string;
}

export function toJsonAvatar({ hash, image }: Avatar): JsonAvatar {
  return { hash, image: Buffer.from(image).toString('base64') };
}

export function fromJsonAvatar(avatar: unknown): Avatar {
  // What came is what the function above gave.
  const { hash, image } = avatar as JsonAvatar;
  return { hash, image: Buffer.from(image, 'base64') };
}
