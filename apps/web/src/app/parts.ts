import { withTexts } from '../i18n/with-texts.ts';
import { lazy } from '../ui/lazy.ts';

/**
 * What is fetched when it is needed: who signs in needs no conversations yet, who is signed in no form to do so. The
 * limit on the first JavaScript is kept by this file.
 */
const signIn = () => import('../sign-in/sign-in-screen.tsx');
const shell = () => import('./shell.tsx');

export const SignInScreen = lazy(async () => ({ default: (await signIn()).SignInScreen }));
export const Shell = lazy(async () => {
  // Else it would be asked for only when the shell is here.
  if (location.hash.startsWith('#/room/')) import('../conversation/conversation.tsx').catch(() => undefined);
  const module = await shell();
  await module.opened();
  return { default: module.Shell };
});
export const RecoveryCodes = lazy(async () => {
  return { default: (await import('../sign-in/recovery-codes.tsx')).RecoveryCodes };
});
export const StoreFailedScreen = lazy(async () => {
  return { default: (await withTexts(import('./store-failed-screen.tsx'))).StoreFailedScreen };
});
/** Comes after everything else: it brings the service worker. */
export const UpdateOffer = lazy(async () => ({
  default: (await withTexts(import('./update-offer.tsx'))).UpdateOffer,
}));

/** Fetches what will be shown, before the server has said who is signed in. */
export function fetchAhead(wasSignedIn: boolean): Promise<void> {
  return (wasSignedIn ? Shell : SignInScreen).fetch();
}
