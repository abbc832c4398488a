import type { RoomSnapshot } from '@maru/client';
import { Compass, LogOut, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { NotMade } from '../refused/not-made.tsx';
import { NotificationSection } from '../rooms/notification-section.tsx';
import { outText } from '../rooms/out-text.ts';
import { overText } from '../rooms/over-text.ts';
import { useRoomActs } from '../rooms/use-room-acts.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { ActionRow, InfoRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { GroupDescription, GroupName } from './group-texts.tsx';
import { JoinRequests } from './join-requests.tsx';
import { LinksSection } from './links-section.tsx';
import { MembersSection } from './members-section.tsx';
import { RulesSection } from './rules-section.tsx';

/** What a group or a channel is, who is in it, and what holds there. */
export function GroupDetails({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const acts = useRoomActs(snapshot);
  const { room, roomKind, membership, memberCount, facts, role, can } = snapshot;
  const isMember = membership === 'member';
  const out = outText(snapshot, t);
  const isChannel = roomKind === 'channel';
  // Of who reads a channel no event tells.
  const asks = useClientValue(({ connection }) => connection.state === 'online') && isChannel && isMember;
  useEffect(() => {
    if (asks) client.refresh(room);
  }, [asks, client, room]);
  // Who is in a channel is its administrators' business.
  const showsMembers = isMember && (!isChannel || role !== 'member');
  return (
    <>
      <div className="flex flex-col items-center gap-1 text-center">
        <Avatar id={room} name={roomTitle(snapshot, undefined, t)} group size="large" />
        <GroupName snapshot={snapshot} />
        <p className="text-small text-soft">
          {overText(snapshot, t) ??
            t(isChannel ? 'details.channel' : 'details.group', { count: memberCount })}
        </p>
        <GroupDescription snapshot={snapshot} />
      </div>
      {!isMember && facts.public === true && (
        <Button look="primary" onClick={() => void act(() => client.commands.joinChannel(room))}>
          {t('channels.join')}
        </Button>
      )}
      {isChannel && facts.public === true && (
        <Section>
          <InfoRow icon={Compass} title={t('channels.public')} text={t('channels.publicText')} />
        </Section>
      )}
      {isMember && can.add && <JoinRequests snapshot={snapshot} />}
      <NotMade snapshot={snapshot} />
      <NotificationSection snapshot={snapshot} />
      {showsMembers && <MembersSection snapshot={snapshot} />}
      {isMember && can.add && <LinksSection snapshot={snapshot} />}
      {isMember && <RulesSection snapshot={snapshot} />}
      {isMember && (
        <Section>
          <ActionRow icon={LogOut} danger title={t('roomMenu.leave')} onPress={() => void acts.leave()} />
        </Section>
      )}
      {out !== undefined && (
        <Section>
          <ActionRow icon={Trash2} danger title={t('roomMenu.forget')} onPress={() => void acts.forget()} />
        </Section>
      )}
    </>
  );
}
