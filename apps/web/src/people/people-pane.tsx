import type { ContactSummary } from '@maru/client';
import { Ban, Check, Compass, QrCode, ShieldOff, UsersRound, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { lineOf } from '../rooms/plain-text.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { useNow } from '../state/use-now.ts';
import { useLookUp, usePerson } from '../state/use-person.ts';
import { useRoom } from '../state/use-room.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { ActionRow, LinkRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { FindPersonForm } from './find-person-form.tsx';
import { MyLinkSheet } from './my-link-sheet.tsx';
import { PersonRow } from './person-row.tsx';
import { presenceText } from './presence-text.ts';
import { ReportSheet } from './report-sheet.tsx';
import { useRelationActs } from './use-relation-acts.ts';
import { useTalkTo } from './use-talk-to.ts';

/** Whom the user has to do with, and how others come to them. */
export function PeoplePane() {
  const { t } = useTexts();
  const { contacts, incoming, outgoing, blocked } = useClientValue((client) => client.contacts);
  const talkTo = useTalkTo();
  const [showsLink, setShowsLink] = useState(false);
  const all = [contacts, incoming, outgoing, blocked].flat();
  useLookUp(all.map(({ user }) => user));
  const section = (title: string, people: readonly ContactSummary[], Row: typeof ContactRow) =>
    people.length > 0 && (
      <Section title={title}>
        <ul>
          {people.map((contact) => (
            <Row key={contact.user} contact={contact} onTalk={() => void talkTo(contact.user)} />
          ))}
        </ul>
      </Section>
    );
  return (
    <>
      <PaneHeader title={t('people.title')} />
      <div className="flex min-h-0 grow flex-col gap-5 overflow-y-auto px-4 pt-1 pb-6">
        <FindPersonForm onFound={({ user }) => talkTo(user)} />
        <Section>
          <ActionRow
            icon={QrCode}
            title={t('people.myLink')}
            text={t('people.myLinkText')}
            onPress={() => setShowsLink(true)}
          />
          <LinkRow
            icon={Compass}
            title={t('channels.title')}
            text={t('channels.text')}
            to={{ kind: 'channels' }}
          />
        </Section>
        {section(t('people.incoming'), incoming, RequestRow)}
        {section(t('people.contacts'), contacts, ContactRow)}
        {section(t('people.outgoing'), outgoing, AskedRow)}
        {section(t('people.blocked'), blocked, BlockedRow)}
        {all.length === 0 && (
          <EmptyState icon={UsersRound} title={t('people.emptyTitle')} text={t('people.emptyText')} />
        )}
      </div>
      {showsLink && <MyLinkSheet onClose={() => setShowsLink(false)} />}
    </>
  );
}

interface RowProps {
  readonly contact: ContactSummary;
  readonly onTalk: () => void;
}

/** What somebody is called, for what is said of them. */
function useName({ user }: ContactSummary): string {
  const { t } = useTexts();
  return personName(usePerson(user), t);
}

function ContactRow({ contact, onTalk }: RowProps) {
  const { t, moments } = useTexts();
  const now = useNow();
  const presence = useRoom(contact.room)?.presence?.users.find(({ user }) => user === contact.user);
  const status = usePerson(contact.user)?.status;
  const said = [presenceText(presence, { t, moments, now }), status].filter((part) => part).join(' · ');
  return (
    <PersonRow
      person={contact}
      presence={presence?.state}
      text={said === '' ? undefined : said}
      onPress={onTalk}
    />
  );
}

function RequestRow({ contact, onTalk }: RowProps) {
  const { t } = useTexts();
  const name = useName(contact);
  const acts = useRelationActs(contact.user, name);
  const [isReporting, setReporting] = useState(false);
  const note = contact.note === undefined ? undefined : lineOf(contact.note);
  return (
    <>
      <PersonRow person={contact} text={note} onPress={onTalk}>
        <Act icon={Ban} label={t('relation.blockReport')} onPress={() => setReporting(true)} />
        <Act icon={UserX} label={t('request.refuse')} onPress={() => void acts.refuse()} />
        <IconButton
          icon={Check}
          look="primary"
          label={t('request.accept')}
          onClick={() => void acts.accept()}
        />
      </PersonRow>
      {isReporting && (
        <ReportSheet
          peer={contact.user}
          name={name}
          room={contact.room}
          onClose={() => setReporting(false)}
        />
      )}
    </>
  );
}

function AskedRow({ contact, onTalk }: RowProps) {
  const { t } = useTexts();
  const acts = useRelationActs(contact.user, useName(contact));
  return (
    <PersonRow person={contact} onPress={onTalk}>
      <Act icon={UserX} label={t('relation.cancel')} onPress={() => void acts.cancel()} />
    </PersonRow>
  );
}

function BlockedRow({ contact }: RowProps) {
  const { t } = useTexts();
  const acts = useRelationActs(contact.user, useName(contact));
  return (
    <PersonRow person={contact}>
      <Act icon={ShieldOff} label={t('request.unblock')} onPress={() => void acts.unblock()} />
    </PersonRow>
  );
}

function Act({ onPress, ...look }: { icon: typeof Ban; label: string; onPress: () => void }): ReactNode {
  return <IconButton {...look} onClick={onPress} />;
}
