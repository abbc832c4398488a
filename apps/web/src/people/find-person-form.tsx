import type { Person } from '@maru/client';
import { ApiError } from '@maru/client';
import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useMedia } from '../ui/use-media.ts';

interface FindPersonFormProps {
  readonly onFound: (person: Person) => Promise<void> | void;
  /** Whether one writes at once, where no keyboard comes over the screen for it. */
  readonly first?: boolean;
}

/** Finds somebody by the exact handle. */
export function FindPersonForm({ onFound, first = false }: FindPersonFormProps) {
  const { t } = useTexts();
  const client = useClient();
  const [handle, setHandle] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const hasPointer = useMedia('(hover: hover) and (pointer: fine)');
  const find = async () => {
    const wanted = handle.trim().replace(/^@/, '').toLowerCase();
    if (wanted === '') {
      setError(t('signIn.handleShort'));
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const person = await client.findPerson(wanted);
      if (person.user === client.user) setError(t('people.self'));
      else {
        await onFound(person);
        setHandle('');
      }
    } catch (reason) {
      const isUnknown = reason instanceof ApiError && ['not-found', 'bad-request'].includes(reason.code);
      setError(isUnknown ? t('people.notFound', { handle: wanted }) : errorText(reason, t));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void find();
  };
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <div className="min-w-0 grow">
        <TextField
          label={t('people.byHandle')}
          prefix="@"
          value={handle}
          onValue={setHandle}
          error={error}
          hint={t('people.byHandleHint')}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          autoFocus={first && hasPointer}
        />
      </div>
      <div className="pt-6">
        <IconButton icon={Search} label={t('people.find')} type="submit" look="primary" disabled={busy} />
      </div>
    </form>
  );
}
