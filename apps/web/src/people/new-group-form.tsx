import { limits, roomName } from '@maru/protocol';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { Button } from '../ui/button.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ChosenPeople, useChosenPeople } from './chosen-people.tsx';
import { FindPersonForm } from './find-person-form.tsx';
import { PersonRow } from './person-row.tsx';
import { useKnownPeople } from './use-known-people.ts';

/** A name and people: all that a group needs. Without people it is made as well, and a link brings them. */
export function NewGroupForm() {
  const { t } = useTexts();
  const client = useClient();
  const people = useKnownPeople();
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const { chosen, isChosen, choose, takeOut } = useChosenPeople();
  const make = async () => {
    const parsed = roomName.safeParse(name);
    if (!parsed.success) {
      setError(t('group.nameBad', { kind: 'group', limit: limits.ROOM_NAME_CHARS_MAX }));
      return;
    }
    const sending = await client.commands.createGroup(
      parsed.data,
      chosen.map(({ user }) => user),
    );
    go({ kind: 'room', room: sending.room }, { replace: true });
  };
  const others = people.filter((person) => !isChosen(person));
  return (
    <>
      <PaneHeader title={t('group.new')} />
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 pb-6">
        <TextField
          label={t('group.name', { kind: 'group' })}
          value={name}
          onValue={setName}
          error={error}
          autoComplete="off"
        />
        <FindPersonForm onFound={choose} />
        <ChosenPeople chosen={chosen} takeOut={takeOut} />
        {others.length > 0 && (
          <section>
            <h2 className="font-semibold text-small text-soft">{t('people.known')}</h2>
            <ul className="-mx-2.5">
              {others.map((person) => (
                <PersonRow key={person.user} person={person} onPress={() => choose(person)}>
                  <Plus size={18} className="me-2 shrink-0 text-soft" aria-hidden="true" />
                </PersonRow>
              ))}
            </ul>
          </section>
        )}
      </div>
      <div className="flex flex-col border-line border-t px-4 py-3">
        <Button look="primary" onClick={() => void make()}>
          {t('group.make', { count: chosen.length })}
        </Button>
      </div>
    </>
  );
}
