import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import sharp from 'sharp';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  ben = await server.person('ben');
});
afterEach(() => server[Symbol.asyncDispose]());

const png = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 3, background: { r: width % 256, g: 9, b: 9 } } })
    .png()
    .toBuffer();
const put = (bytes: Uint8Array, type = 'image/png', by = ada) =>
  server.client.respond('putAvatar', { token: by.token, upload: { bytes, type } });
const get = (
  avatar: string | undefined,
  more: { token?: string | undefined; headers?: Record<string, string> } = {},
) => server.client.respond('getAvatar', { token: ben.token, params: { avatar: avatar ?? '' }, ...more });
const seenByBen = () => server.client.call('getUser', { token: ben.token, params: { user: ada.user } });
const errorOf = async (response: Response) => (await response.json()) as { code: string; limit?: object };

describe('an avatar', () => {
  test('[PEOPLE5] is seen in the profile, under the hash of what was made', async () => {
    const before = await seenByBen();
    const me = (await (await put(await png(300, 400))).json()) as { avatar: string };
    expect(await seenByBen()).toMatchObject({ avatar: me.avatar, changedAt: before.changedAt + 1 });
    const response = await get(me.avatar);
    const bytes = await response.bytes();
    expect(new Bun.CryptoHasher('sha256').update(bytes).digest('hex')).toBe(me.avatar);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 });
  });

  test('[PEOPLE6] may be kept for ever by who got it, is never run, and is not sent twice', async () => {
    const { avatar } = (await (await put(await png(300))).json()) as { avatar: string };
    const { headers } = await get(avatar);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${avatar}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const again = await get(avatar, { headers: { 'if-none-match': `"other", "${avatar}"` } });
    expect([again.status, (await again.bytes()).length]).toEqual([304, 0]);
    expect((await get(avatar, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('[PEOPLE6] is for who is signed in, and gone when nobody has it any more', async () => {
    const image = await png(300);
    const { avatar } = (await (await put(image)).json()) as { avatar: string };
    expect((await get(avatar, { token: undefined })).status).toBe(401);
    await put(image, 'image/png', ben);
    await server.client.call('deleteAvatar', { token: ada.token });
    expect((await get(avatar)).status).toBe(200);
    expect(await seenByBen()).not.toContainKey('avatar');
    await put(await png(301), 'image/png', ben);
    expect((await get(avatar)).status).toBe(404);
    expect((await get('x')).status).toBe(400);
  });

  test('[PEOPLE2] is told to the others as any change is, and taking none away is no change', async () => {
    const room = await server.group(ada, ben);
    const session = await server.open(ben.token);
    const { changedAt } = await server.client.call('deleteAvatar', { token: ada.token });
    expect(changedAt).toBe((await seenByBen()).changedAt);
    const { avatar } = (await (await put(await png(300))).json()) as { avatar: string };
    server.clock.advance(1_000);
    const frame = await session.take('profile');
    expect(frame).toMatchObject({ user: ada.user, avatar });
    expect(room).toStartWith('room_');
  });
});

describe('[PEOPLE5] what can be no avatar', () => {
  test('is refused by its first bytes, and by the type that it is said to be', async () => {
    const image = await png(10);
    for (const [bytes, type] of [
      [Buffer.from('no image'), 'image/png'],
      [new Uint8Array(0), 'image/png'],
      [image, 'image/jpeg'],
      [image, 'image/svg+xml'],
      [image, 'application/json'],
      [image.subarray(0, 40), 'image/png'],
    ] as const) {
      const response = await put(bytes, type);
      expect([type, response.status, (await errorOf(response)).code]).toEqual([
        type,
        415,
        'image-unreadable',
      ]);
    }
    expect(await seenByBen()).not.toContainKey('avatar');
  });

  test('is refused by its size, in bytes and in pixels, before anything is decoded', async () => {
    const long = new Uint8Array(limits.AVATAR_UPLOAD_BYTES_MAX + 1);
    const tooLong = await put(long);
    expect([tooLong.status, await errorOf(tooLong)]).toMatchObject([413, { code: 'image-too-large' }]);
    const bomb = Uint8Array.from(await png(10));
    // A PNG that says that it has 60,000 × 60,000 pixels.
    new DataView(bomb.buffer).setUint32(16, 60_000);
    new DataView(bomb.buffer).setUint32(20, 60_000);
    expect(await errorOf(await put(bomb))).toMatchObject({
      code: 'image-too-large',
      limit: { name: 'AVATAR_PIXELS_MAX', value: limits.AVATAR_PIXELS_MAX },
    });
  });

  test('is at the limit of bytes still taken', async () => {
    const image = await png(300);
    const padded = Buffer.concat([image, Buffer.alloc(limits.AVATAR_UPLOAD_BYTES_MAX - image.length)]);
    expect((await put(padded)).status).toBe(200);
  });
});

test('[PEOPLE5] one person gives one after the other, so many in a row, and others have their turn', async () => {
  const image = await png(10);
  const atOnce = await Promise.all([put(image), put(image), put(image, 'image/png', ben)]);
  expect(atOnce.map(({ status }) => status)).toEqual([200, 429, 200]);
  for (let count = 1; count < 10; count++) expect((await put(image)).status).toBe(200);
  const refused = await put(image);
  expect([refused.status, await errorOf(refused)]).toMatchObject([
    429,
    { code: 'rate-limited', retryAfterMs: 60_000 },
  ]);
  expect((await put(image, 'image/png', ben)).status).toBe(200);
  server.clock.advance(60_000);
  expect((await put(image)).status).toBe(200);
});
