import { withTexts } from '../i18n/with-texts.ts';
import { lazy } from '../ui/lazy.ts';

/** Comes when it is opened for the first time. */
export const RoomMenu = lazy(async () => ({
  default: (await withTexts(import('./room-menu.tsx'))).RoomMenu,
}));
