import { describe, expect, test } from 'bun:test';
import { imageHeader } from '@maru/protocol';
import sharp from 'sharp';

const WIDTH = 300;
const HEIGHT = 200;
const picture = () =>
  sharp({
    create: { width: WIDTH, height: HEIGHT, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
  });

describe('[PEOPLE5] the header of an image', () => {
  test('says what it is and how large, of every kind of PNG, JPEG and WebP', async () => {
    const files = {
      'image/png': [picture().png(), picture().png({ palette: true })],
      'image/jpeg': [
        picture().jpeg(),
        picture().jpeg({ progressive: true }).withMetadata({ orientation: 3 }),
      ],
      'image/webp': [
        picture().removeAlpha().webp(),
        picture().webp({ lossless: true }),
        picture().webp().withMetadata({ orientation: 1 }),
      ],
    } as const;
    for (const [type, images] of Object.entries(files)) {
      for (const image of images) {
        const header = imageHeader(await image.toBuffer());
        expect(header as object).toEqual({ type, width: WIDTH, height: HEIGHT });
      }
    }
  });

  test('of anything else, and of what ends within it, says nothing', async () => {
    const gif = await picture().gif().toBuffer();
    expect(imageHeader(gif)).toBeUndefined();
    expect(imageHeader(new Uint8Array(0))).toBeUndefined();
    expect(
      imageHeader(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'.repeat(9))),
    ).toBeUndefined();
    for (const image of [await picture().png().toBuffer(), await picture().webp().toBuffer()]) {
      for (let length = 0; length < 21; length++)
        expect(imageHeader(image.subarray(0, length))).toBeUndefined();
    }
  });

  test('never throws and never runs on, whatever bytes it gets', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    for (let at = 2; at < 200; at++) {
      for (const value of [0x00, 0x01, 0xff]) {
        const spoilt = Uint8Array.from(jpeg);
        spoilt[at] = value;
        expect(() => imageHeader(spoilt)).not.toThrow();
        expect(() => imageHeader(spoilt.subarray(0, at))).not.toThrow();
      }
    }
    expect(
      imageHeader(Uint8Array.from([0xff, 0xd8, ...Array.from({ length: 99_999 }, () => 0xff)])),
    ).toBeUndefined();
  });
});
