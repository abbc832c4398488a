import type { MaruClient } from '@maru/client';
import type { OwnEffect } from './state/own-effect.ts';

/** Does what concerns only the user's own settings. */
export async function runOwnEffect(effect: OwnEffect, { settings }: MaruClient): Promise<void> {
  switch (effect.kind) {
    case 'mute': {
      const { room, until, mentions } = effect;
      return settings.mute(room, { mentions, ...(until !== undefined && { until }) });
    }
    case 'unmute':
      return settings.unmute(effect.room);
    case 'archive':
      return effect.on ? settings.archive(effect.room) : settings.unarchive(effect.room);
    case 'pin':
      return effect.on ? settings.pin(effect.room) : settings.unpin(effect.room);
    case 'hide':
      return settings.hideMessages(effect.room, [effect.seq]);
    case 'star':
      return settings.star(effect.room, effect.seq, effect.on);
    case 'folder':
      return settings.putInFolder(effect.name, effect.room, effect.on);
    case 'drop-folder':
      return settings.removeFolder(effect.name);
    case 'draft':
      settings.setDraft(effect.room, effect.draft);
      return;
    case 'flush-draft':
      return settings.flushDraft(effect.room);
    case 'keep-reply':
      return settings.keepQuickReply(effect.shortcut, effect.text);
    case 'drop-reply':
      return settings.removeQuickReply(effect.shortcut);
  }
}
