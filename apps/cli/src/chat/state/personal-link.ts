/** Slash commands about the links by which people let themselves be found. */
import { type PersonalCode, personalCode } from '@maru/protocol';
import { ask, type Given } from './given.ts';
import { type Step, step } from './step.ts';

/** The code in `https://chat.example.org/#user=…`. Alone it could be a handle. */
export function personalCodeIn(word: string): PersonalCode | undefined {
  const [, code] = /#user=(\w+)$/.exec(word) ?? [];
  return personalCode.safeParse(code).data;
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
