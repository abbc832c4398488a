import { imageHeader, limits, refusal } from '@maru/protocol';
import { InvalidCommand } from '../errors.ts';
import type { Upload } from '../wire/api.ts';

/** What the server would refuse is not sent. @throws InvalidCommand */
export function avatarUpload(bytes: Uint8Array<ArrayBuffer>): Upload {
  const header = imageHeader(bytes);
  if (header === undefined) {
    throw new InvalidCommand(refusal('image-unreadable', 'That is no PNG, JPEG or WebP. Give another file.'));
  }
  const pixels = header.width * header.height;
  const { AVATAR_UPLOAD_BYTES_MAX, AVATAR_PIXELS_MAX } = limits;
  if (bytes.length > AVATAR_UPLOAD_BYTES_MAX)
    throw tooLarge('AVATAR_UPLOAD_BYTES_MAX', 'bytes', bytes.length);
  if (pixels > AVATAR_PIXELS_MAX) throw tooLarge('AVATAR_PIXELS_MAX', 'pixels', pixels);
  return { bytes, type: header.type };
}

function tooLarge(name: 'AVATAR_UPLOAD_BYTES_MAX' | 'AVATAR_PIXELS_MAX', what: string, given: number) {
  const value = limits[name];
  const message = `The image has more than ${value} ${what}: make it smaller.`;
  return new InvalidCommand(refusal('image-too-large', message, { limit: { name, value }, given }));
}
