import { ApiError } from '@maru/client';
import { password as passwordSchema } from '@maru/protocol';
import { useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { api } from '../state/open-device.ts';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { HandleField } from './handle-field.tsx';
import { type Faults, useForm } from './use-form.ts';

interface RecoverFormProps {
  readonly session: Session;
  readonly onDone: () => void;
}

/** Sets a new password with a recovery code, and logs in by it. */
export function RecoverForm({ session, onDone }: RecoverFormProps) {
  const { t } = useTexts();
  const [handle, setHandle] = useState('');
  const [recoveryCode, setCode] = useState('');
  const [newPassword, setPassword] = useState('');
  // Nobody is told which of the two is wrong.
  const textOf = (error: unknown) =>
    error instanceof ApiError && error.code === 'invalid-credentials'
      ? t('recover.wrong')
      : errorText(error, t);
  const send = async () => {
    await api.recover({ body: { handle, recoveryCode: recoveryCode.trim(), newPassword } });
    await session.logIn(handle, newPassword);
    onDone();
  };
  const { faults, busy, submit } = useForm({ 'invalid-credentials': 'code' }, send, textOf);
  const check = (): Faults => ({
    ...(handle === '' && { handle: t('signIn.handleMissing') }),
    ...(recoveryCode.trim() === '' && { code: t('recover.codeMissing') }),
    ...(!passwordSchema.safeParse(newPassword).success && { password: t('signIn.passwordShort') }),
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={submit(check)} noValidate>
      <p className="text-soft">{t('recover.text')}</p>
      <HandleField value={handle} onValue={setHandle} error={faults.handle} />
      <TextField
        label={t('recover.code')}
        value={recoveryCode}
        onValue={setCode}
        error={faults.code}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={CODE_CHARS_MAX}
      />
      <TextField
        label={t('account.next')}
        type="password"
        value={newPassword}
        onValue={setPassword}
        hint={t('signIn.passwordHint')}
        error={faults.password}
        autoComplete="new-password"
      />
      {faults.form !== undefined && (
        <p role="alert" className="text-danger">
          {faults.form}
        </p>
      )}
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('recover.set')}
      </Button>
    </form>
  );
}

/** The server takes none that is longer; one has 19. */
const CODE_CHARS_MAX = 64;
