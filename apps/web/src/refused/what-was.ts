import type { DeadLetter, MaruClient } from '@maru/client';
import { refusalText } from '../i18n/error-text.ts';
import { roomTitle } from '../i18n/room-title.ts';
import type { Translate } from '../i18n/translator.ts';

/** Something that was refused for good, for people. */
export interface WhatWas {
  /** What the user wanted to do. */
  readonly what: string;
  /** In which conversation, or with whom. */
  readonly room: string;
  readonly reason: string;
}

export function whatWas({ room: id, command, error }: DeadLetter, client: MaruClient, t: Translate): WhatWas {
  const room = client.room(id);
  const peer = room?.peer === undefined ? undefined : client.person(room.peer);
  return {
    what: nameOf(command, t),
    room: room === undefined ? t('person.unknown') : roomTitle(room, peer, t),
    reason: refusalText(error, t),
  };
}

function nameOf(command: DeadLetter['command'], t: Translate): string {
  if (command.kind === 'relate') return t(`refused.relate.${command.act}`);
  if (command.kind === 'create' && command.roomKind === 'direct' && command.relate !== undefined)
    return t(`refused.relate.${command.relate.act}`);
  return t(`refused.what.${command.kind}`);
}
