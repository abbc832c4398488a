import { screen } from './screen.ts';

/** What the server said no to, where it is said and where it is kept. */
export const refused = [
  screen('refused-room', async (at) => {
    await at.go('with/hana');
    // Where it was opened before, nobody asks.
    const open = at.button('meet.open');
    await open.or(at.button('refused.remove')).first().waitFor();
    if (await open.isVisible()) await open.click();
    await at.sees('error.contacts-only');
    await at.button('refused.remove').waitFor();
  }),
  screen('refused-room-listed', (at) => at.row('정하나').waitFor()),
  screen('refused-message', async (at) => {
    await at.open('이웃 모임');
    await at.cutLine();
    await at.write('김장은 토요일 열 시에 해요!');
    await at.press('composer.send');
    await at.folk.silence(true);
    await at.mendLine();
    await at.button('message.resend').waitFor();
    await at.sees('composer.closed.notAllowed');
    await at.folk.silence(false);
    await at.page.locator('section textarea').waitFor();
  }),
  screen('refused-message-listed', async (at) => {
    await at.go('');
    await at.sees('preview.notSent');
  }),
  screen('refused-settings', async (at) => {
    await at.go('settings');
    await at.sees('connection.refused');
  }),
  screen('refused-list', async (at) => {
    await at.go('settings/connection');
    await at.page.getByText(/정하나/).waitFor();
    await at.button('refused.dismiss').nth(1).waitFor();
  }),
];
