import { useTexts } from '../i18n/texts.tsx';
import { TextField } from '../ui/text-field.tsx';

interface HandleFieldProps {
  readonly value: string;
  readonly onValue: (handle: string) => void;
  readonly error: string | undefined;
  readonly hint?: string;
  readonly maxLength?: number;
}

/** Where one writes one's handle, in small letters and without its sign; the first field of its form. */
export function HandleField({ onValue, ...props }: HandleFieldProps) {
  const { t } = useTexts();
  return (
    <TextField
      {...props}
      label={t('signIn.handle')}
      prefix="@"
      onValue={(value) => onValue(value.toLowerCase().replace(/^@/, ''))}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
    />
  );
}
