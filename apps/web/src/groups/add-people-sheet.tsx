import type { RoomSnapshot } from '@maru/client';
import { useTexts } from '../i18n/texts.tsx';
import { ChosenPeople, useChosenPeople } from '../people/chosen-people.tsx';
import { FindPersonForm } from '../people/find-person-form.tsx';
import { PersonRow } from '../people/person-row.tsx';
import { useKnownPeople } from '../people/use-known-people.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

interface AddPeopleSheetProps {
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}

/** Brings people into a group. */
export function AddPeopleSheet({ snapshot: { room, members }, onClose }: AddPeopleSheetProps) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const known = useKnownPeople();
  const { chosen, isChosen, choose, takeOut } = useChosenPeople();
  const offered = known.filter((person) => !isChosen(person) && members?.has(person.user) !== true);
  const add = async () => {
    const users = chosen.map(({ user }) => user);
    if (await act(() => commands.addMembers(room, users))) onClose();
  };
  return (
    <Sheet title={t('details.addPeople')} onClose={onClose}>
      <FindPersonForm onFound={choose} />
      <ChosenPeople chosen={chosen} takeOut={takeOut} />
      <Button look="primary" disabled={chosen.length === 0} onClick={() => void add()}>
        {t('details.add', { count: chosen.length })}
      </Button>
      {offered.length > 0 && (
        <section>
          <h3 className="font-semibold text-small text-soft">{t('people.known')}</h3>
          <ul className="-mx-2.5">
            {offered.map((person) => (
              <PersonRow key={person.user} person={person} onPress={() => choose(person)} />
            ))}
          </ul>
        </section>
      )}
    </Sheet>
  );
}
