import type { RoomSnapshot } from '@maru/client';
import { roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { go, isRoomOpen } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { usePerson } from '../state/use-person.ts';
import { ask } from '../ui/overlay-store.ts';

/** What a user can do with a conversation, each with the way back where there is one. */
export function useRoomActs(snapshot: RoomSnapshot) {
  const { room, roomKind, pinned, archived, muted, role, memberCount } = snapshot;
  const { t } = useTexts();
  const client = useClient();
  const { settings, commands } = client;
  const act = useAct();
  const title = roomTitle(snapshot, usePerson(snapshot.peer), t);
  const back = (undo: () => Promise<void>) => ({ undo: () => void act(undo) });
  const remute = () => {
    if (muted === undefined) return settings.unmute(room);
    const { until, mentions } = muted;
    return settings.mute(room, { mentions, ...(until !== 'ever' && { until }) });
  };
  /** Out of it, unless another conversation is looked at. */
  const leaveView = () => {
    if (isRoomOpen(room)) go({ kind: 'rooms' }, { replace: true });
  };
  const isUnread = snapshot.unreadCount > 0 || snapshot.markedUnread;
  return {
    title,
    isUnread,
    /** Puts it at the top of the list, or not any more. */
    togglePin: () =>
      pinned
        ? act(() => settings.unpin(room), {
            said: t('roomMenu.unpinned', { room: title }),
            ...back(() => settings.pin(room)),
          })
        : act(() => settings.pin(room), {
            said: t('roomMenu.pinned', { room: title }),
            // Pinning takes out of the archive: the way back leads there.
            ...back(() => (archived ? settings.archive(room) : settings.unpin(room))),
          }),
    toggleRead: () => (isUnread ? client.markRead(room) : client.markUnread(room)),
    /** `hours`: for so long; without: until it is taken back. */
    mute: (hours: number | undefined, mentions: boolean) =>
      act(
        () =>
          settings.mute(room, {
            mentions,
            ...(hours !== undefined && { until: Date.now() + hours * 3_600_000 }),
          }),
        { said: t('roomMenu.muted', { room: title }), ...back(remute) },
      ),
    unmute: () =>
      act(() => settings.unmute(room), { said: t('roomMenu.unmuted', { room: title }), ...back(remute) }),
    toggleArchived: () =>
      archived
        ? act(() => settings.unarchive(room), {
            said: t('roomMenu.unarchived', { room: title }),
            ...back(() => settings.archive(room)),
          })
        : act(() => settings.archive(room), {
            said: t('roomMenu.archived', { room: title }),
            ...back(() => (pinned ? settings.pin(room) : settings.unarchive(room))),
          }),
    leave: async () => {
      const isHandedOver = role === 'owner' && memberCount > 1;
      const isSure = await ask({
        title: t('roomMenu.leaveTitle', { room: title }),
        text: t(
          isHandedOver
            ? roomKind === 'channel'
              ? 'roomMenu.leaveOwnerChannel'
              : 'roomMenu.leaveOwner'
            : roomKind === 'channel'
              ? 'roomMenu.leaveChannel'
              : 'roomMenu.leaveText',
        ),
        action: t('roomMenu.leave'),
      });
      if (isSure && (await act(() => commands.leave(room)))) leaveView();
    },
    /** Drops what is kept here of what the user is out of. */
    forget: async () => {
      const isSure = await ask({
        title: t('roomMenu.forgetTitle', { room: title }),
        text: t('roomMenu.forgetText'),
        action: t('roomMenu.forgetDo'),
      });
      if (isSure && (await act(() => client.forget(room)))) leaveView();
    },
  };
}
