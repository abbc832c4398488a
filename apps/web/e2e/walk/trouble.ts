import { screen } from './screen.ts';

/** What does not work, and how it is said. */
export const trouble = [
  screen('gone', async (at) => {
    await at.go('room/room_01jc0000000000000000000000');
    await at.sees('room.gone');
  }),
  screen('toast', async (at) => {
    await at.roomMenu('공지 모음');
    // To the top, or down from there: every walk does the other.
    await at.page.getByRole('menuitem').first().click();
    await at.button('action.undo').waitFor();
  }),
  screen('keeps-nothing', async (at) => {
    await at.storeFails('SecurityError');
    await at.sees('store.keepsNothing');
  }),
  screen('offline', async (at) => {
    await at.storeFails(undefined);
    await at.cutOff();
    await at.sees('connection.waiting');
  }),
  screen('offline-conversation', async (at) => {
    await at.open('박준');
    await at.sees('connection.waiting');
  }),
  screen('offline-people', (at) => at.go('people')),
  screen('store-full', async (at) => {
    await at.storeFails('QuotaExceededError');
    await at.sees('store.full');
  }),
  screen('store-newer', async (at) => {
    await at.storeFails('VersionError');
    await at.sees('store.newer');
  }),
  screen('unreachable', async (at) => {
    await at.page.evaluate(() => localStorage.removeItem('maru.device'));
    await at.page.reload();
    await at.sees('app.unreachable');
  }),
];
