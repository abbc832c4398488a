import type { MaruClient, Person, RoomSnapshot } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { refusalText } from '../i18n/error-text.ts';
import { personName } from '../i18n/room-title.ts';
import type { Translate } from '../i18n/translator.ts';
import { outText } from './out-text.ts';
import { lineOf, oneLine } from './plain-text.ts';

/** The second line of a conversation in a list: what is most worth knowing of it. */
export interface Preview {
  readonly kind: 'typing' | 'draft' | 'refused' | 'message' | 'note';
  /** Who says it, or what it is, where that must be told. */
  readonly by?: string;
  readonly text: string;
  /** The server does not have it yet. */
  readonly waits?: boolean;
}

interface Around {
  readonly t: Translate;
  readonly client: Pick<MaruClient, 'user' | 'isBlocked'>;
  readonly person: (user: UserId) => Person | undefined;
  /** Whether the conversation is open: then its draft is seen where it is written. */
  readonly open: boolean;
}

export function previewOf(room: RoomSnapshot, { t, client, person, open }: Around): Preview {
  const [typist] = room.typing;
  if (typist !== undefined) {
    const text =
      room.roomKind === 'direct' || room.typing.length > 1
        ? t('typing.some', { count: room.typing.length })
        : t('typing.one', { name: personName(person(typist), t) });
    return { kind: 'typing', text };
  }
  if (room.draft !== undefined && room.draft.text.trim() !== '' && !open)
    return { kind: 'draft', by: t('preview.draft'), text: oneLine(room.draft.text) };
  return latestOf(room, { t, client, person });
}

function latestOf(room: RoomSnapshot, { t, client, person }: Omit<Around, 'open'>): Preview {
  const { latest, relation, roomKind, membership, onTheWay, notSent } = room;
  if (room.refused !== undefined)
    return { kind: 'refused', by: t('preview.notMade'), text: refusalText(room.refused, t) };
  // What was said last there is read by who opens it.
  const out = outText(room, t);
  if (out !== undefined) return { kind: 'note', text: out };
  if (onTheWay !== undefined) {
    const text = lineOf(onTheWay.content) ?? t('message.unknown');
    return { kind: 'message', by: t('person.you'), text, waits: onTheWay.state === 'pending' };
  }
  if (notSent !== undefined)
    return { kind: 'refused', by: t('preview.notSent'), text: lineOf(notSent) ?? t('message.unknown') };
  if (relation?.state === 'requested-by-them' && latest === undefined)
    return { kind: 'note', text: lineOf(relation.note) ?? t('preview.request') };
  if (latest === undefined) {
    return { kind: 'note', text: t(membership === 'creating' ? 'preview.creating' : 'preview.nothing') };
  }
  // What somebody blocked says in a group is folded there, too.
  if (roomKind !== 'direct' && client.isBlocked(latest.sender))
    return { kind: 'note', text: t('quote.folded') };
  const content = latest.edited?.content ?? latest.content;
  const by =
    latest.sender === client.user
      ? t('person.you')
      : roomKind === 'group'
        ? personName(person(latest.sender), t)
        : roomKind === 'channel'
          ? person(latest.sender)?.name
          : undefined;
  const said = content === undefined ? t('message.deleted') : (lineOf(content) ?? t('message.unknown'));
  return {
    kind: content === undefined ? 'note' : 'message',
    ...(by !== undefined && { by }),
    text: said,
  };
}
