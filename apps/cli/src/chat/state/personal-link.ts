/** Slash commands about the links by which people let themselves be found. */
import { type PersonalCode, personalCode } from '@maru/protocol';
import { ask, type Given } from './given.ts';
import { type Step, step } from './step.ts';

/** The code in `https://chat.example.org/#user=…`. Alone it could be a handle. */
export function personalCodeIn(word: string): PersonalCode | undefined {
  const [, code] = /#user=(\w+)$/.exec(word) ?? [];
  return personalCode.safeParse(code).data;
}

/** A link that was copied from several rows of a screen, put together; what follows it, if anything, is a note. */
export function withWholeLink(written: string): string {
  const joined = written.replace(/^\S+:\/\/[\s\S]*?#\s*u\s*s\s*e\s*r\s*=/, (link) =>
    link.replace(/\s+/g, ''),
  );
  const [, link = '', code = '', rest = ''] = /^(\S*#user=)(\S*)([\s\S]*)$/.exec(joined) ?? [];
  if (link === '' || personalCode.safeParse(code).success) return joined;
  const [, more = '', note = ''] = /^\s+(\S+)([\s\S]*)$/.exec(rest) ?? [];
  return personalCode.safeParse(code + more).success ? link + code + more + note : joined;
}

/** Whether a word is a link to a person, or the beginning of one, of which the end is missing. */
export function isCutLink(word: string): boolean {
  return personalCodeIn(word) === undefined && /:\/\/|#user=/.test(word);
}

/** `/mylink`, `/mylink renew`, `/mylink revoke`: of the last two others notice, so they are asked about. */
export function myLink({ ui, world, rest, usage }: Given): Step {
  switch (rest.normalize('NFC').toLowerCase()) {
    case '':
      return step(ui, { kind: 'my-link', act: 'show' });
    case 'renew':
    case '새로':
      return ask(ui, world.texts.askRenewLink, { kind: 'my-link', act: 'renew' });
    case 'revoke':
    case '삭제':
      return ask(ui, world.texts.askRevokeLink, { kind: 'my-link', act: 'revoke' });
    default:
      return usage;
  }
}
