import { limits, routes, type UserId } from '@maru/protocol';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** Who stands behind the counts of a message's reactions: the kind that most have put there first. */
export function registerReactions(register: Register, { rooms }: ApiDeps): void {
  register(routes.getReactions, async ({ identity, params }) => {
    const reacted = await rooms.reactions(params.room, identity.user, params.seq);
    if (reacted === undefined) return notFound('event');
    const kinds = new Map<string, UserId[]>();
    for (const { reaction, user } of reacted) {
      const users = kinds.get(reaction);
      if (users === undefined) kinds.set(reaction, [user]);
      else users.push(user);
    }
    const reactions = [...kinds].sort(
      ([a, { length: ofA }], [b, { length: ofB }]) => ofB - ofA || (a < b ? -1 : 1),
    );
    return done({
      reactions: reactions.map(([reaction, users]) => ({
        reaction,
        count: users.length,
        users: users.slice(0, limits.REACTION_USERS_MAX),
      })),
    });
  });
}
