import { type OpenInvite, routes, type UserId } from '@maru/protocol';
import { INVITE_ID_CHARS, type InviteRecord } from '../../../ports/directory.ts';
import { inviteLink } from '../../edge/invite-link.ts';
import { hashCode, newCode } from '../../edge/secrets.ts';
import { badInvite } from '../account/sign-up.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound, nothing } from '../handler.ts';
import type { Register } from '../register.ts';

/** Invites: made, listed by something that lets nobody in, and taken back. */
export function registerInvites(register: Register, { directory, clock, random, settings }: ApiDeps): void {
  register(routes.createInvite, async ({ identity, body }) => {
    const invite = newCode(random);
    const hash = hashCode(invite);
    const expiresAt = clock.now() + body.expiresInS * 1000;
    await directory.createInvite(hash, identity.user, expiresAt, false);
    const link =
      settings.publicUrl === undefined ? {} : { link: inviteLink(settings.publicUrl.href, invite) };
    return done({ invite, ...link, expiresAt, id: hash.slice(0, INVITE_ID_CHARS) });
  });

  register(routes.lookAtInvite, async ({ body }) => {
    const invite = await directory.invite(hashCode(body.invite), clock.now());
    if (invite === undefined) return { kind: 'refused', error: badInvite() };
    const { by, expiresAt, administrator } = invite;
    const user = by === undefined ? undefined : await directory.user(by);
    const named = user !== undefined && user.deletedAt === undefined;
    return done({
      expiresAt,
      administrator,
      ...(named && { by: { handle: user.handle, name: user.name } }),
    });
  });

  register(routes.listInvites, async ({ query: { after, limit } }) => {
    const [expiresAt, id = ''] = after?.split('.') ?? [];
    const found = await directory.openInvites({
      now: clock.now(),
      after: expiresAt === undefined ? undefined : { expiresAt: Number(expiresAt), id },
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const creators = await directory.users([...new Set(page.flatMap(({ by }) => by ?? []))]);
    const handles = new Map(creators.map(({ user, handle }) => [user, handle]));
    const last = found.length > limit ? page.at(-1) : undefined;
    return done({
      invites: page.map((invite) => toOpenInvite(invite, handles)),
      ...(last !== undefined && { next: `${last.expiresAt}.${last.id}` }),
    });
  });

  register(routes.revokeInvite, async ({ params }) =>
    (await directory.revokeInvite(params.invite)) ? nothing() : notFound('invite'),
  );
}

function toOpenInvite(
  { id, by, expiresAt, administrator }: InviteRecord,
  handles: ReadonlyMap<UserId, string>,
): OpenInvite {
  const handle = by === undefined ? undefined : handles.get(by);
  const createdBy = by !== undefined && handle !== undefined && { createdBy: { user: by, handle } };
  return { id, expiresAt, administrator, ...createdBy };
}
