import type { RoomSnapshot } from '@maru/client';
import type { Translate } from '../i18n/translator.ts';
import { outText } from './out-text.ts';

/** Why nothing happens in a conversation any more, or never did, in a few words; `undefined`: it goes on. */
export function overText(
  snapshot: Pick<RoomSnapshot, 'membership' | 'refused' | 'unavailable'>,
  t: Translate,
): string | undefined {
  if (snapshot.refused !== undefined) return t('preview.notMade');
  return outText(snapshot, t) ?? (snapshot.unavailable ? t('room.unavailable') : undefined);
}
