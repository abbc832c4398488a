import { type Flags, type Option, UsageError } from '../command.ts';

export const inviteOption: Option = {
  takes: 'CODE|LINK',
  help: 'An invite, where the server asks for one. A link names the server, too.',
};

export interface Invite {
  readonly code?: string;
  /** Where the link says that the server is. */
  readonly server?: string;
}

/**
 * The invite as a code, or as a link like `https://chat.example.org/#invite=CODE`. The code stands behind the `#`, which
 * no browser or proxy passes on.
 *
 * @throws {UsageError}
 */
export function inviteOf({ invite }: Flags): Invite {
  if (typeof invite !== 'string') return {};
  if (/^[\w-]+$/.test(invite)) return { code: invite };
  const [, server, code] = /^(https?:\/\/[^\s?#]+)#invite=([\w-]+)$/.exec(invite) ?? [];
  if (server === undefined || code === undefined || !URL.canParse(server)) {
    throw new UsageError(`--invite ${invite}: expected a code, or a link that ends in #invite=CODE.`);
  }
  return { code, server };
}
