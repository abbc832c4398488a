import type { MaruClient, Sending } from '@maru/client';
import type { UserId } from '@maru/protocol';
import type { UnseenCommand } from './state/effect.ts';

/** Gives what was said of a person to the SDK. */
export function relate(
  commands: MaruClient['commands'],
  { act, note, report }: Extract<UnseenCommand, { kind: 'relate' }>,
  user: UserId,
): Promise<Sending> {
  switch (act) {
    case 'request':
      return commands.request(user, note);
    case 'accept':
      return commands.accept(user);
    case 'refuse':
      return commands.refuse(user);
    case 'cancel':
      return commands.cancel(user);
    case 'remove':
      return commands.removeContact(user);
    case 'block':
      return commands.block(user, report);
    case 'unblock':
      return commands.unblock(user);
  }
}
