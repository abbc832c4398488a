import { type ErrorBody, imageHeader, limits, refusal, routes, type UserId } from '@maru/protocol';
import type { MadeAvatar } from '../../../ports/avatar-images.ts';
import { TokenBuckets } from '../../edge/token-bucket.ts';
import { tooManyRequests } from '../admit-anyone.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound, type Reply } from '../handler.ts';
import type { Register } from '../register.ts';
import { describeMe } from './describe-me.ts';

/**
 * Images of one person: so many in a row, and one a minute in the long run. The decoder is one for all, and a file may be
 * made to hold it for as long as it lets one.
 */
const IMAGE_RATE = { perSecond: 1 / 60, burst: 10 };
/** Who gives another while one is being made comes again then. */
const ANOTHER_RETRY_AFTER_MS = 1_000;

/** Pictures of people: made of what is given, told to the others, and handed out. */
export function registerAvatar(register: Register, deps: ApiDeps): void {
  const { directory, avatarImages, inboxes, clock } = deps;
  const rates = new TokenBuckets(clock, IMAGE_RATE);
  const having = new Set<UserId>();

  /** One of a person at a time, on however many devices: the others' turn comes between. */
  async function make(user: UserId, image: Uint8Array): Promise<MadeAvatar | ErrorBody> {
    if (having.has(user)) return tooManyRequests(ANOTHER_RETRY_AFTER_MS);
    const wait = rates.take(user);
    if (wait > 0) return tooManyRequests(wait);
    having.add(user);
    try {
      return await avatarImages.make(image);
    } finally {
      having.delete(user);
    }
  }

  register(routes.putAvatar, async ({ identity, upload, headers }) => {
    const unfit = refusalOfImage(upload, headers.get('content-type') ?? '');
    if (unfit !== undefined) return refused(unfit);
    const made = await make(identity.user, upload);
    if ('code' in made) return refused(made);
    if (made.kind === 'busy') {
      const { retryAfterMs } = made;
      return refused(refusal('busy', 'Many images are being made. Try again soon.', { retryAfterMs }));
    }
    if (made.kind === 'unreadable') return refused(unreadable());
    const hash = new Bun.CryptoHasher('sha256').update(made.image).digest('hex');
    const user = await directory.setAvatar(identity.user, { hash, image: made.image }, clock.now());
    if (user === undefined) return notFound('person');
    inboxes.profileChanged(user);
    return done(describeMe(user, identity));
  });

  register(routes.deleteAvatar, async ({ identity }) => {
    const before = await directory.user(identity.user);
    if (before === undefined || before.avatar === undefined) {
      return before === undefined ? notFound('person') : done(describeMe(before, identity));
    }
    const user = await directory.setAvatar(identity.user, undefined, clock.now());
    if (user === undefined) return notFound('person');
    inboxes.profileChanged(user);
    return done(describeMe(user, identity));
  });

  register(routes.getAvatar, async ({ identity, params: { avatar }, headers }) => {
    // Who blocks the asker has none any more, as a deleted account (`[REL6]`).
    const blockers = await inboxes.blockersOf(identity.user);
    const bytes = await directory.avatarImage(avatar, [...blockers]);
    if (bytes === undefined) return notFound('avatar');
    const has = headers.get('if-none-match')?.includes(`"${avatar}"`) === true;
    return { kind: 'file', name: avatar, bytes: has ? undefined : bytes };
  });
}

/** By its first bytes, before anything is decoded. */
function refusalOfImage(image: Uint8Array, type: string): ErrorBody | undefined {
  const header = imageHeader(image);
  if (header === undefined || header.type !== type.toLowerCase()) return unreadable();
  const given = header.width * header.height;
  const value = limits.AVATAR_PIXELS_MAX;
  if (given <= value) return undefined;
  const message = `The image has more than ${value} pixels: make it smaller.`;
  return refusal('image-too-large', message, { limit: { name: 'AVATAR_PIXELS_MAX', value }, given });
}

function unreadable(): ErrorBody {
  const message =
    'That is no PNG, JPEG or WebP as its content-type says, or it is damaged. Save it anew, or give another.';
  return refusal('image-unreadable', message);
}

function refused(error: ErrorBody): Reply<never> {
  return { kind: 'refused', error };
}
