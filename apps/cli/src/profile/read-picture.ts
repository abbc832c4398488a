import { limits } from '@maru/protocol';

/** A file that is to be a picture: no more of it is read than tells that it is too large. Rejects where it can't be read. */
export async function readPicture(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const start = Bun.file(file).slice(0, limits.AVATAR_UPLOAD_BYTES_MAX + 1);
  return new Uint8Array(await start.arrayBuffer());
}
