import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { FindPersonForm } from './find-person-form.tsx';
import { NewGroupForm } from './new-group-form.tsx';
import { PersonRow } from './person-row.tsx';
import { ShareLinkButton } from './share-link-button.tsx';
import { useKnownPeople } from './use-known-people.ts';
import { useTalkTo } from './use-talk-to.ts';

/** Where conversations begin: with somebody, or as a group. */
export function NewPane() {
  const { t } = useTexts();
  const [isGroup, setGroup] = useState(false);
  const people = useKnownPeople();
  const talkTo = useTalkTo();
  if (isGroup) return <NewGroupForm />;
  return (
    <>
      <PaneHeader title={t('rooms.new')} />
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 pb-6">
        <FindPersonForm first onFound={({ user }) => talkTo(user)} />
        <div className="flex flex-col gap-2">
          <Button onClick={() => setGroup(true)}>
            <UsersRound size={18} aria-hidden="true" />
            {t('group.new')}
          </Button>
          <ShareLinkButton />
        </div>
        {people.length > 0 && (
          <section>
            <h2 className="font-semibold text-small text-soft">{t('people.known')}</h2>
            <ul className="-mx-2.5">
              {people.map((person) => (
                <PersonRow key={person.user} person={person} onPress={() => void talkTo(person.user)} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
