import { displayName, handle as handleSchema, limits, password as passwordSchema } from '@maru/protocol';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { HandleField } from './handle-field.tsx';
import { type Faults, SIGN_UP_FIELDS, useForm } from './use-form.ts';

interface SignUpFormProps {
  readonly session: Session;
  readonly invite: string | undefined;
  readonly asksInvite: boolean;
  readonly onDone: () => void;
}

export function SignUpForm({ session, invite: given, asksInvite, onDone }: SignUpFormProps) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [handle, setHandle] = useState('');
  const [password, setPassword] = useState('');
  const [invite, setInvite] = useState(given ?? '');
  const { faults, busy, submit } = useForm(SIGN_UP_FIELDS, async () => {
    const code = inviteCode(invite);
    await session.signUp({
      handle,
      name: name.trim() || handle,
      password,
      ...(code !== '' && { invite: code }),
    });
    onDone();
  });
  const check = (): Faults => ({
    ...(name.trim() !== '' && !displayName.safeParse(name).success && { name: t('signIn.nameBad') }),
    ...(!handleSchema.safeParse(handle).success && {
      handle: t(handle.length < limits.HANDLE_CHARS_MIN ? 'signIn.handleShort' : 'signIn.handleBad'),
    }),
    ...(!passwordSchema.safeParse(password).success && { password: t('signIn.passwordShort') }),
    ...(asksInvite && invite.trim() === '' && { invite: t('signIn.inviteMissing') }),
  });
  return (
    <form className="flex flex-col gap-4" onSubmit={submit(check)} noValidate>
      <HandleField
        value={handle}
        onValue={setHandle}
        error={faults.handle}
        hint={t('signIn.handleHint')}
        maxLength={limits.HANDLE_CHARS_MAX}
      />
      <TextField
        label={t('signIn.name')}
        value={name}
        onValue={setName}
        hint={t('signIn.nameHint')}
        error={faults.name}
        autoComplete="name"
      />
      <TextField
        label={t('signIn.password')}
        type="password"
        value={password}
        onValue={setPassword}
        hint={t('signIn.passwordHint')}
        error={faults.password}
        autoComplete="new-password"
      />
      {(asksInvite || given !== undefined || faults.invite !== undefined) && (
        <TextField
          label={t('signIn.invite')}
          value={invite}
          onValue={setInvite}
          hint={asksInvite ? t('signIn.inviteHint') : undefined}
          error={faults.invite}
          autoComplete="off"
        />
      )}
      {faults.form !== undefined && (
        <p role="alert" className="text-danger">
          {faults.form}
        </p>
      )}
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('signIn.signUp')}
      </Button>
    </form>
  );
}

/** Of an invite as it was pasted, a link or its code, the code. */
function inviteCode(written: string): string {
  return written.trim().replace(/^.*#invite=/, '');
}
