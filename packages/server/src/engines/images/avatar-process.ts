/**
 * A process for one image: a file on standard input, an avatar on standard output. A decoder that a file has broken takes
 * only this process with it. It ends with 0, or with `UNREADABLE` where the file can't be read as an image.
 */
import { limits } from '@maru/protocol';
import sharp from 'sharp';
import { UNREADABLE } from './exit-codes.ts';

/** Of WebP, 0 to 100: 256×256 pixels take 5 to 30 kB. */
const QUALITY = 80;
const { AVATAR_PIXELS_MAX, AVATAR_SIDE_PIXELS } = limits;

// No other format's decoder is ever asked, whatever the file says it is.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.concurrency(1);
sharp.cache(false);

/** `undefined`: it can't be read. */
async function avatarOf(image: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await sharp(image, { limitInputPixels: AVATAR_PIXELS_MAX, failOn: 'error' })
      // Turned as the file says; that and all else it says of itself is left out of what is written.
      .autoOrient()
      .resize(AVATAR_SIDE_PIXELS, AVATAR_SIDE_PIXELS, { fit: 'cover' })
      .toColourspace('srgb')
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch {
    return undefined;
  }
}

const made = await avatarOf(await Bun.stdin.bytes());
if (made === undefined) process.exitCode = UNREADABLE;
else await Bun.write(Bun.stdout, made);
