import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import type { MentionCompletion } from './mention-completion.ts';

interface MentionListProps {
  readonly id: string;
  readonly people: MentionCompletion['people'];
  /** Which of them Enter takes. */
  readonly at: number;
  readonly onTake: (index: number) => void;
}

/** Those who could be meant, above the composer. */
export function MentionList({ id, people, at, onTake }: MentionListProps) {
  const { t } = useTexts();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('composer.mentions')}
      className="absolute inset-x-2 bottom-full mb-1 max-h-72 overflow-y-auto rounded-panel bg-raised p-1.5 shadow-raised"
    >
      {people.map((person, index) => (
        <Option
          key={person.user}
          id={`${id}-${index}`}
          person={person}
          chosen={index === at}
          onTake={() => onTake(index)}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly person: MentionCompletion['people'][number];
  readonly chosen: boolean;
  readonly onTake: () => void;
}

function Option({ id, person, chosen, onTake }: OptionProps) {
  const { t } = useTexts();
  const known = usePerson(person.user);
  const name = personName(known ?? { name: person.name ?? '', handle: person.handle }, t);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the composer, which names the active one.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the composer takes the keys.
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      // The composer keeps the focus, and a phone its keyboard.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
      className={`flex min-h-10 cursor-pointer items-center gap-2.5 rounded-control px-2 py-1.5 ${chosen ? 'bg-selected' : 'hover:bg-hover'}`}
    >
      <Avatar id={person.user} name={name} picture={known?.avatar} size="small" />
      <bdi className="truncate font-medium">{name}</bdi>
      <span className="truncate text-small text-soft" dir="ltr">
        @{person.handle}
      </span>
    </div>
  );
}
