import { ApiError } from '@maru/client';
import type { ErrorCode } from '@maru/protocol';
import { type FormEvent, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';

/** What is wrong, by the field where it can be mended; `form`: what is no field's. */
export type Faults = Partial<Record<'handle' | 'name' | 'password' | 'invite' | 'code' | 'form', string>>;
type Field = keyof Faults;

/** At which field a refusal of the server's is said. */
export type RefusedFields = Partial<Record<ErrorCode, Field>>;
export const SIGN_UP_FIELDS: RefusedFields = { 'handle-taken': 'handle', 'invite-required': 'invite' };
export const LOG_IN_FIELDS: RefusedFields = { 'invalid-credentials': 'password' };

/**
 * A form that is checked here first, then given to the server, with what either has against it.
 *
 * @param textOf what is said of a refusal, where it is not what is said of it everywhere
 */
export function useForm(
  fields: RefusedFields,
  send: () => Promise<void>,
  textOf?: (error: unknown) => string,
) {
  const { t } = useTexts();
  const [faults, setFaults] = useState<Faults>({});
  const [busy, setBusy] = useState(false);
  const give = async () => {
    setBusy(true);
    try {
      await send();
    } catch (error) {
      const field = (error instanceof ApiError ? fields[error.code] : undefined) ?? 'form';
      setFaults({ [field]: textOf?.(error) ?? errorText(error, t) });
    } finally {
      setBusy(false);
    }
  };
  const submit = (check: () => Faults) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = check();
    setFaults(found);
    if (Object.keys(found).length === 0) void give();
    // The first field that needs something is where the user goes on.
    else focusFirstInvalid(event.currentTarget);
  };
  return { faults, busy, submit };
}

function focusFirstInvalid(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
