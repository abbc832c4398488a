import { withTexts } from '../i18n/with-texts.ts';
import { lazy } from '../ui/lazy.ts';

/** Few forget their password: it comes when it is asked for. */
export const RecoverForm = lazy(async () => ({
  default: (await withTexts(import('./recover-form.tsx'))).RecoverForm,
}));
