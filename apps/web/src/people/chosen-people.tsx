import type { Person } from '@maru/client';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PersonRow } from './person-row.tsx';
import type { KnownPerson } from './use-known-people.ts';

/** People as they are chosen, each once. */
export function useChosenPeople() {
  const [chosen, setChosen] = useState<readonly KnownPerson[]>([]);
  const isChosen = ({ user }: Pick<KnownPerson, 'user'>) => chosen.some((one) => one.user === user);
  return {
    chosen,
    isChosen,
    /** Also for who is found when others were chosen meanwhile. */
    choose: (person: KnownPerson | Person) =>
      setChosen((all) => (all.some(({ user }) => user === person.user) ? all : [...all, person])),
    takeOut: ({ user }: KnownPerson) => setChosen((all) => all.filter((one) => one.user !== user)),
  };
}

type ChosenPeopleProps = Pick<ReturnType<typeof useChosenPeople>, 'chosen' | 'takeOut'>;

/** Those who are chosen; nothing while there is nobody. */
export function ChosenPeople({ chosen, takeOut }: ChosenPeopleProps) {
  const { t } = useTexts();
  if (chosen.length === 0) return null;
  return (
    <ul aria-label={t('group.chosen')} className="-mx-2.5">
      {chosen.map((person) => (
        <PersonRow key={person.user} person={person}>
          <IconButton icon={X} label={t('group.takeOut')} onClick={() => takeOut(person)} />
        </PersonRow>
      ))}
    </ul>
  );
}
