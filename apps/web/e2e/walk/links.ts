import { screen } from './screen.ts';

/** Where links lead who is signed in. */
export const links = [
  screen('join', async (at) => {
    await at.follow(`join=${at.folk.links.open}`);
    await at.button('link.join').waitFor();
  }),
  screen('join-approval', async (at) => {
    await at.follow(`join=${at.folk.links.approved}`);
    await at.button('link.ask').waitFor();
  }),
  screen('join-asked', async (at) => {
    await at.follow(`join=${at.folk.links.asked}`);
    await at.sees('link.asked');
  }),
  screen('join-member', async (at) => {
    await at.follow(`join=${at.folk.links.own}`);
    // In it already, one is there at once.
    await at.page.getByRole('heading', { name: '독서 모임' }).waitFor();
    await at.page.getByRole('log').waitFor();
  }),
  screen('join-over', async (at) => {
    await at.follow(`join=${at.folk.links.revoked}`);
    await at.sees('error.link-invalid');
  }),
  screen('nobody', async (at) => {
    await at.go('with/nobody.here');
    await at.sees('people.notFound');
  }),
];
