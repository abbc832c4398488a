import { describe, expect, test } from 'bun:test';
import { fileURLToPath } from 'node:url';
import { limits } from '@maru/protocol';
import sharp, { type Sharp } from 'sharp';
import { createAvatarImages } from './avatar-images.ts';

const SIDE = limits.AVATAR_SIDE_PIXELS;
const program = (name: string) => fileURLToPath(new URL(`./testing/${name}-process.ts`, import.meta.url));

/** A picture with a red left half and a blue right half, twice as wide as it is high. */
function halves(width = 400): Sharp {
  const half = { width: width / 2, height: width / 2, channels: 3 as const };
  const blue = { create: { ...half, background: { r: 0, g: 0, b: 255 } } };
  const all = { ...half, width, background: { r: 255, g: 0, b: 0 } };
  return sharp({ create: all }).composite([{ input: blue, left: width / 2, top: 0 }]);
}

async function made(given: Uint8Array): Promise<Uint8Array> {
  const avatar = await createAvatarImages().make(given);
  if (avatar.kind !== 'made') throw new Error(avatar.kind);
  return avatar.image;
}

/** `r` for mostly red, `b` for mostly blue. */
async function colourAt(image: Uint8Array, left: number, top: number): Promise<string> {
  const pixel = await sharp(image).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return (pixel[0] ?? 0) > (pixel[2] ?? 0) ? 'r' : 'b';
}

describe('an avatar', () => {
  test('[PEOPLE5] of each type is a WebP of 256 × 256 pixels, cut from the middle', async () => {
    for (const type of ['png', 'jpeg', 'webp'] as const) {
      const image = await made(await halves().toFormat(type).toBuffer());
      expect(await sharp(image).metadata()).toMatchObject({ format: 'webp', width: SIDE, height: SIDE });
      expect([await colourAt(image, 5, 128), await colourAt(image, 250, 128)]).toEqual(['r', 'b']);
    }
  });

  test('[PEOPLE5] stands upright, and says nothing of where and with what it was taken', async () => {
    // Orientation 6: to be turned by 90 degrees to the right, so that the left half comes to the top.
    const photo = await halves()
      .jpeg()
      .withIccProfile('p3')
      .withExif({ IFD0: { Make: 'SecretCamera' }, IFD3: { GPSLatitude: '37/1 33/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(photo.toString('latin1')).toContain('SecretCamera');
    expect((await sharp(photo).metadata()).orientation).toBe(6);
    const image = await made(photo);
    expect([await colourAt(image, 128, 5), await colourAt(image, 128, 250)]).toEqual(['r', 'b']);
    const { exif, icc, xmp, orientation } = await sharp(image).metadata();
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('[PEOPLE5] keeps nothing of what a file has behind its image', async () => {
    const png = await halves().png().toBuffer();
    const script = '<script>alert(document.cookie)</script>';
    const image = await made(Buffer.concat([png, Buffer.from(`PK\u0003\u0004${script.repeat(50)}`)]));
    expect(Buffer.from(image).toString('latin1')).not.toContain('script');
  });

  test('[PEOPLE5] is transparent where the picture was, and the first frame of one that moves', async () => {
    const clear = {
      width: 300,
      height: 300,
      channels: 4 as const,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    };
    const image = await made(await sharp({ create: clear }).png().toBuffer());
    expect((await sharp(image).metadata()).hasAlpha).toBe(true);
    const frames = [await halves(200).png().toBuffer(), await halves(200).rotate(180).png().toBuffer()];
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    const still = await made(moving);
    expect((await sharp(still).metadata()).pages).toBeUndefined();
    expect(await colourAt(still, 5, 128)).toBe('r');
  });
});

describe('[PEOPLE5] a hostile file', () => {
  const unreadable = async (given: Uint8Array) => (await createAvatarImages().make(given)).kind;

  test('that is damaged, cut off or none at all is unreadable', async () => {
    const jpeg = await halves().jpeg().toBuffer();
    const png = await halves().png().toBuffer();
    const spoilt = Buffer.from(png);
    spoilt.fill(0x55, 60, 120);
    for (const given of [
      jpeg.subarray(0, 300),
      png.subarray(0, 100),
      spoilt,
      Buffer.from('no image'),
      Buffer.alloc(0),
    ]) {
      expect(await unreadable(given)).toBe('unreadable');
    }
  });

  test('of another type is not even looked at, whatever that type can do', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>';
    expect(await unreadable(Buffer.from(svg))).toBe('unreadable');
    expect(await unreadable(await halves().gif().toBuffer())).toBe('unreadable');
    expect(await unreadable(await halves().tiff().toBuffer())).toBe('unreadable');
  });

  test('that is far larger than its header may say is not decoded', async () => {
    const side = Math.ceil(Math.sqrt(limits.AVATAR_PIXELS_MAX)) + 1;
    const black = { width: side, height: side, channels: 3 as const, background: '#000' };
    const bomb = await sharp({ create: black }).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(limits.AVATAR_UPLOAD_BYTES_MAX);
    expect(await unreadable(bomb)).toBe('unreadable');
  });

  test('that holds its decoder up is given up, and the next one is made', async () => {
    const images = createAvatarImages({ program: program('stuck'), msMax: 300 });
    const image = new Uint8Array(10);
    expect(await Promise.all([images.make(image), images.make(image)])).toEqual([
      { kind: 'unreadable' },
      { kind: 'unreadable' },
    ]);
  });
});

test('[PEOPLE5] images are made one at a time, and beyond a queue the answer says when to come back', async () => {
  const images = createAvatarImages({ program: program('stuck'), msMax: 500, waitingMax: 2 });
  const image = new Uint8Array(10);
  const [first, second] = [images.make(image), images.make(image)];
  expect(await images.make(image)).toMatchObject({ kind: 'busy', retryAfterMs: expect.any(Number) });
  let isSecondDone = false;
  void second.then(() => {
    isSecondDone = true;
  });
  await first;
  expect(isSecondDone).toBe(false);
  await second;
  expect((await images.make(image)).kind).toBe('unreadable');
});

test('where there is no decoder, that is a fault and not the file', async () => {
  const images = createAvatarImages({ program: program('broken') });
  const fault = await images.make(new Uint8Array(10)).catch((error: unknown) => error);
  expect(String(fault)).toContain('no decoder here');
});
