import { screen } from './screen.ts';

/** Conversations that are not as most are. */
export const odd = [
  screen('channel-reader', async (at) => {
    await at.open('동네 소식');
    await at.sees('composer.closed.notAllowed');
  }),
  screen('timer', (at) => at.open('아침 달리기')),
  screen('folded', async (at) => {
    await at.open('이웃 모임');
    await at.sees('message.folded');
  }),
  screen('blocked', async (at) => {
    await at.go('with/promo');
    await at.sees('request.blocked');
  }),
  screen('put-out', async (at) => {
    const name = '작년 송년회';
    const end = await at.folk.party(name);
    await at.open(name);
    await end();
    await at.sees('composer.closed.notMember');
  }),
];
