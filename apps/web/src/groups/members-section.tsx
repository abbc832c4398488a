import type { RoomSnapshot } from '@maru/client';
import { EllipsisVertical, UserPlus } from 'lucide-react';
import { type MouseEvent, useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { PersonRow } from '../people/person-row.tsx';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { useLookUp } from '../state/use-person.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import type { MenuPlace } from '../ui/menu-at.tsx';
import { ActionRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { TextField } from '../ui/text-field.tsx';
import { AddPeopleSheet } from './add-people-sheet.tsx';
import { MemberMenu } from './member-menu.tsx';
import { type ListedMember, sortedMembers } from './sorted-members.ts';

/** Fewer are found with the eyes. */
const SEARCHED_MIN = 8;
/** So many more at a time: a list of thousands is for the search. */
const SHOWN_STEP = 50;

/** Who is in a group. */
export function MembersSection({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { user: me } = useClient();
  const [wanted, setWanted] = useState('');
  const [count, setCount] = useState(SHOWN_STEP);
  const [isAdding, setAdding] = useState(false);
  const [menu, setMenu] = useState<{ member: ListedMember; place: MenuPlace }>();
  useLoadedMembers(snapshot);
  const found = sortedMembers(snapshot, wanted);
  const shown = found.slice(0, count);
  useLookUp(shown.map(({ user }) => user));
  const openMenu = (member: ListedMember) => (event: MouseEvent<HTMLButtonElement>) => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setMenu({ member, place: { x: left, y: bottom } });
  };
  return (
    <Section
      title={t(snapshot.roomKind === 'channel' ? 'channels.readers' : 'details.members', {
        count: snapshot.memberCount,
      })}
    >
      {snapshot.can.add && (
        <ActionRow icon={UserPlus} title={t('details.addPeople')} onPress={() => setAdding(true)} />
      )}
      {snapshot.memberCount >= SEARCHED_MIN && (
        <div className="border-line border-t px-3.5 pt-2 pb-1">
          <TextField
            label={t('details.findMember')}
            value={wanted}
            onValue={setWanted}
            type="search"
            autoComplete="off"
          />
        </div>
      )}
      <ul className="border-line border-t empty:hidden">
        {shown.map((member) => (
          <PersonRow
            key={member.user}
            person={member}
            presence={member.presence}
            text={[
              member.user === me ? t('person.you') : '',
              member.role === 'member' ? '' : t(`role.is.${member.role}`),
              member.handle === undefined ? '' : `@${member.handle}`,
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          >
            {member.user !== me && (
              <IconButton
                icon={EllipsisVertical}
                label={t('details.memberMenu', { name: member.name ?? member.handle ?? '' })}
                aria-haspopup="menu"
                onClick={openMenu(member)}
              />
            )}
          </PersonRow>
        ))}
      </ul>
      {found.length === 0 && wanted !== '' && (
        <p className="px-3.5 py-3 text-soft">{t('details.nobodyFound')}</p>
      )}
      {found.length > shown.length && (
        <Button look="plain" onClick={() => setCount(count + SHOWN_STEP)}>
          {t('details.more', { count: found.length - shown.length })}
        </Button>
      )}
      {menu !== undefined && <MemberMenu {...menu} snapshot={snapshot} onClose={() => setMenu(undefined)} />}
      {isAdding && <AddPeopleSheet snapshot={snapshot} onClose={() => setAdding(false)} />}
    </Section>
  );
}

/** Learns who is in it, once it can. */
function useLoadedMembers({ room, members }: RoomSnapshot): void {
  const client = useClient();
  const isOnline = useClientValue(({ connection }) => connection.state === 'online');
  const isKnown = members !== undefined;
  useEffect(() => {
    // Who may not be told stays with the number.
    if (isOnline && !isKnown) client.loadMembers(room).catch(() => undefined);
  }, [client, isKnown, isOnline, room]);
}
