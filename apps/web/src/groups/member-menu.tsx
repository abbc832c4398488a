import type { RoomSnapshot } from '@maru/client';
import { mayRemove } from '@maru/protocol';
import { Crown, MessageCircle, ShieldCheck, ShieldOff, UserMinus } from 'lucide-react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useTalkTo } from '../people/use-talk-to.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { usePerson } from '../state/use-person.ts';
import { MenuAt, type MenuPlace } from '../ui/menu-at.tsx';
import { MenuItem } from '../ui/menu-item.tsx';
import { ask } from '../ui/overlay-store.ts';
import type { ListedMember } from './sorted-members.ts';

interface MemberMenuProps {
  readonly member: ListedMember;
  readonly place: MenuPlace;
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}

/** What the user can do with somebody who is in a group with them. */
export function MemberMenu({ member: { user, role }, place, snapshot, onClose }: MemberMenuProps) {
  const { t } = useTexts();
  const { commands, user: me } = useClient();
  const act = useAct();
  const talkTo = useTalkTo();
  const name = personName(usePerson(user), t);
  const { room, can } = snapshot;
  const kind = snapshot.roomKind === 'channel' ? 'channel' : 'group';
  const setRole = (next: 'administrator' | 'member') =>
    act(() => commands.setRole(room, user, next), {
      said: t(next === 'administrator' ? 'role.promoted' : 'role.demoted', { name }),
      undo: () =>
        void act(() => commands.setRole(room, user, role === 'administrator' ? 'administrator' : 'member')),
    });
  const handOver = async () => {
    const question = {
      title: t('role.handOverTitle', { name, kind }),
      text: t('role.handOverText'),
      action: t('role.handOver', { kind }),
    };
    if (await ask(question)) await act(() => commands.setRole(room, user, 'owner'));
  };
  const remove = async () => {
    const question = {
      title: t('role.removeTitle', { name }),
      text: t('role.removeText'),
      action: t('role.remove', { kind }),
    };
    if (await ask(question)) await act(() => commands.removeMember(room, user));
  };
  return (
    <MenuAt place={place} label={t('details.memberMenu', { name })} onClose={onClose}>
      <MenuItem icon={MessageCircle} text={t('role.talk')} onPress={() => void talkTo(user)} />
      {can['set-role'] && role === 'member' && (
        <MenuItem icon={ShieldCheck} text={t('role.promote')} onPress={() => void setRole('administrator')} />
      )}
      {can['set-role'] && role === 'administrator' && (
        <MenuItem icon={ShieldOff} text={t('role.demote')} onPress={() => void setRole('member')} />
      )}
      {can['set-role'] && (
        <MenuItem icon={Crown} text={t('role.handOver', { kind })} onPress={() => void handOver()} />
      )}
      {mayRemove(snapshot, me, user) && (
        <MenuItem icon={UserMinus} danger text={t('role.remove', { kind })} onPress={() => void remove()} />
      )}
    </MenuAt>
  );
}
