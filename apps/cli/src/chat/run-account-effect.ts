/** What `maru chat` does about the account. */
import { homedir } from 'node:os';
import { NetworkError } from '@maru/client';
import type { AccountSettings } from '@maru/protocol';
import { readPicture } from '../profile/read-picture.ts';
import type { EffectDeps } from './effect-deps.ts';
import { bring } from './people-effects.ts';
import { say, showText } from './say.ts';
import type { AccountEffect } from './state/account-effect.ts';
import { shownInline } from './text/shown-text.ts';
import type { Texts } from './texts/texts.ts';

export async function runAccountEffect(effect: AccountEffect, deps: EffectDeps): Promise<void> {
  const { client, world } = deps;
  switch (effect.kind) {
    case 'avatar':
      return changeAvatar(effect.file, deps);
    case 'settings': {
      if (effect.change === undefined) return showSettings(deps);
      const { settingsChanged, settingsKept } = world().texts;
      return bring(client.updateSettings(effect.change), { done: settingsChanged, kept: settingsKept }, deps);
    }
  }
}

async function showSettings({ client, world, dispatch }: EffectDeps): Promise<void> {
  try {
    await client.loadAccountSettings();
  } catch (error) {
    // Without a server those that were read last are shown.
    if (!(error instanceof NetworkError) || client.accountSettings === undefined) throw error;
  }
  const settings = client.accountSettings;
  if (settings === undefined) return;
  const { texts } = world();
  const text = [...settingLines(settings, texts), '', texts.settingsHint].join('\n');
  showText(dispatch, texts.settingsTitle, text);
}

function settingLines(settings: AccountSettings, texts: Texts): string[] {
  const { findable, whoMayWrite, whoMayAdd, hidePresence } = settings;
  const circles = {
    everyone: texts.everyone,
    'contacts-of-contacts': texts.contactsOfContacts,
    contacts: texts.contactsAlone,
  };
  return [
    texts.settingFindable(findable ? texts.yes : texts.no),
    texts.settingWhoMayWrite(circles[whoMayWrite]),
    texts.settingWhoMayAdd(circles[whoMayAdd]),
    texts.settingHidePresence(hidePresence ? texts.yes : texts.no),
  ];
}

async function changeAvatar(
  file: string | undefined,
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const { texts } = world();
  const picture = file === undefined ? 'none' : await readPicture(atHome(file)).catch(() => undefined);
  if (picture === undefined) return say(dispatch, 'bad', texts.fileUnreadable(shownInline(file ?? '')));
  try {
    await (picture === 'none' ? client.removeAvatar() : client.setAvatar(picture));
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return say(dispatch, 'bad', texts.avatarNeedsServer);
  }
  say(dispatch, 'good', texts.profileChanged);
}

/** No shell has seen what was written. */
function atHome(file: string): string {
  return file.replace(/^~(?=\/)/, homedir());
}
