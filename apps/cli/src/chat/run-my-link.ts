import type { EffectDeps } from './effect-deps.ts';
import { say, showLinks } from './say.ts';
import type { MyLinkEffect } from './state/effect.ts';
import { urlFrom } from './url-from.ts';

/** Shows the user's personal link, with one made if there is none; or ends it. Needs the server. */
export async function runMyLink({ act }: MyLinkEffect, deps: EffectDeps): Promise<void> {
  const { client, folder, world, dispatch } = deps;
  if (act === 'revoke') {
    await client.myLink.revoke();
    say(dispatch, 'good', world().texts.linkRevokedNow);
    return;
  }
  const { code, url } = await (act === 'renew' ? client.myLink.renew() : client.myLink.make());
  const { texts } = world();
  // As the server says that people reach it, else as this machine does.
  const shown = url ?? urlFrom(folder, 'user', code);
  const text = `${shown}\n\n${texts.myLinkHint}`;
  showLinks(dispatch, texts.myLinkTitle, text, texts.linkParted);
}
