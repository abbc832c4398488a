import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { HandleField } from './handle-field.tsx';
import { type Faults, LOG_IN_FIELDS, useForm } from './use-form.ts';

export function LogInForm({ session, onDone }: { readonly session: Session; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [handle, setHandle] = useState('');
  const [password, setPassword] = useState('');
  const { faults, busy, submit } = useForm(LOG_IN_FIELDS, async () => {
    await session.logIn(handle, password);
    onDone();
  });
  const check = (): Faults => ({
    ...(handle === '' && { handle: t('signIn.handleMissing') }),
    ...(password === '' && { password: t('signIn.passwordMissing') }),
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={submit(check)} noValidate>
      <HandleField value={handle} onValue={setHandle} error={faults.handle} />
      <TextField
        label={t('signIn.password')}
        type="password"
        value={password}
        onValue={setPassword}
        error={faults.password}
        autoComplete="current-password"
      />
      {faults.form !== undefined && (
        <p role="alert" className="text-danger">
          {faults.form}
        </p>
      )}
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('signIn.logIn')}
      </Button>
    </form>
  );
}
