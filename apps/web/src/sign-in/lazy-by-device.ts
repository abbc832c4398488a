import { withTexts } from '../i18n/with-texts.ts';
import { lazy } from '../ui/lazy.ts';

/** Most sign in otherwise: it comes when it is asked for. */
export const ByDevice = lazy(async () => ({
  default: (await withTexts(import('./by-device.tsx'))).ByDevice,
}));
