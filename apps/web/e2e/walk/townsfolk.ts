import {
  createApi,
  createClient,
  Entrance,
  type MaruClient,
  MemoryStore,
  systemEnvironment,
} from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { Town } from '../town.ts';
import { makeNeighbours, type Neighbours } from './neighbours.ts';
import { say } from './say.ts';

export const PASSWORD = 'correct horse';

const LONG = '오래 걸려도 한 걸음씩, 마루는 모두가 앉을 수 있는 곳이면 좋겠습니다. '.repeat(120);
const CODE = 'export const answer = (rooms: number) => rooms * 2; // as many as there are';
const GROUPS = ['아침 달리기', 'Book club', '우리 가족', 'Release train', '점심 뭐 먹지'];

/** Who is there beside the user, and what they do when they are asked to. */
export interface Townsfolk extends Neighbours, AsyncDisposable {
  /** Gives the code of a device that asks to be let in. */
  askingDevice(): Promise<string>;
}

/** Conversations as they are among people who have known each other for some days. The user is `mina`. */
export async function makeTownsfolk(town: Town): Promise<Townsfolk> {
  const everybody = new AsyncDisposableStack();
  const signUp = async (handle: string, name: string, invite?: string): Promise<MaruClient> => {
    const { http } = systemEnvironment();
    const body = { handle, name, password: PASSWORD, device: { name: 'laptop' }, ...(invite && { invite }) };
    const signedIn = await createApi({ baseUrl: town.url, http }).signUp({ body });
    const client = await createClient({ baseUrl: town.url, store: new MemoryStore(), signedIn });
    everybody.use(client);
    await client.online();
    return client;
  };
  const mina = await signUp('mina', '김미나', town.invite);
  const [jun, ella, noor, seo] = await Promise.all([
    signUp('jun', '박준'),
    signUp('ella', 'Ella Berg'),
    signUp('noor', 'نور חיים'),
    signUp('seo', '서하늘'),
  ]);
  await withJun(mina, jun);
  const group = await inTheGroup(mina, jun, ella, noor);
  for (const name of GROUPS) {
    const { room } = await mina.commands.createGroup(name, [jun.user]);
    await say(jun, room, name.length > 5 ? '내일 아침 7시에 봐요!' : 'See you there.');
  }
  await aside(mina, ella, seo);
  const promo = await signUp('promo', '오늘의 특가');
  const hana = await signUp('hana', '정하나');
  const neighbours = await makeNeighbours({ mina, jun, seo, promo, hana });
  await say(ella, group, '@mina when do we ship?', {
    entities: [{ type: 'mention', offset: 0, length: 5, user: mina.user }],
  });
  await mina.until(() => (mina.room(group)?.mentionCount ?? 0) > 0);
  return {
    ...neighbours,
    async askingDevice() {
      const entrance = new Entrance({ baseUrl: town.url, deviceName: 'Firefox · Android' });
      return (await entrance.requestDevice()).code;
    },
    [Symbol.asyncDispose]: () => everybody.disposeAsync(),
  };
}

async function withJun(mina: MaruClient, jun: MaruClient): Promise<void> {
  const { room } = await mina.commands.openDirect(jun.user);
  await say(mina, room, '준아, 내일 점심 같이 먹을래?');
  const asked = await say(jun, room, '좋지! 어디로 갈까?');
  await say(mina, room, '회사 앞에 새로 생긴 국밥집 어때? 리뷰가 아주 좋더라. 12시 반쯤 1층에서 보자.', {
    replyTo: asked,
  });
  const slip = await say(jun, room, '거기 줄 서야 하지 않아?');
  await (await jun.commands.edit(room, slip, '거기 점심에는 줄 서야 하지 않아?')).outcome();
  await say(mina, room, CODE, {
    entities: [{ type: 'pre', offset: 0, length: CODE.length, language: 'ts' }],
  });
  await say(jun, room, '콜 👍');
  await (await mina.commands.accept(jun.user)).outcome();
  await (await mina.commands.schedule(room, '생일 축하해!', Date.now() + 86_400_000)).outcome();
  await mina.until(() => mina.room(room)?.unreadCount !== 0);
  mina.markRead(room);
  await mina.settings.star(room, asked);
  await mina.settings.putInFolder('가까운 사람들', room);
  await mina.settings.pin(room);
  mina.settings.setDraft(room, { text: '아 그리고 ' });
  await mina.settings.flushDraft(room);
}

async function inTheGroup(
  mina: MaruClient,
  jun: MaruClient,
  ella: MaruClient,
  noor: MaruClient,
): Promise<RoomId> {
  const { room } = await mina.commands.createGroup('마루 개발', [jun.user, ella.user, noor.user]);
  await (
    await mina.commands.describe(room, '웹 앱과 터미널 앱을 만드는 사람들. New here? Say hello.')
  ).outcome();
  const first = await say(mina, room, '새 웹 앱을 올렸어요: https://chat.example.org');
  const looks = await say(ella, room, 'Looks great! The unread numbers are exactly what I missed elsewhere.');
  await say(jun, room, LONG);
  await say(jun, room, '오타 하나: settings가 두 번 나와요.', {
    entities: [{ type: 'code', offset: 7, length: 8 }],
  });
  await say(noor, room, 'שלום, גרסה 2.0 (beta) עובדת מצוין!', { replyTo: looks });
  await say(noor, room, 'مرحبا، رأيت 3 أخطاء في settings.ts صباح اليوم.');
  await say(ella, room, 'The ending: the butler did it.', {
    entities: [{ type: 'spoiler', offset: 12, length: 18 }],
  });
  const gone = await say(ella, room, 'wrong window');
  await (await ella.commands.delete(room, gone)).outcome();
  await say(jun, room, '나머지는 다 좋아 보여요');
  await (await mina.commands.react(room, looks, '❤️')).outcome();
  await (await jun.commands.react(room, looks, '❤️')).outcome();
  await (await jun.commands.react(room, looks, '🎉')).outcome();
  await (await mina.commands.pin(room, first)).outcome();
  await mina.settings.star(room, looks);
  await mina.settings.putInFolder('일', room);
  await mina.until(() => mina.room(room)?.unreadCount !== 0);
  mina.markRead(room);
  await mina.settings.pin(room);
  return room;
}

/** Requests, what was put away or is not to be heard, a channel, and a report. */
async function aside(mina: MaruClient, ella: MaruClient, seo: MaruClient): Promise<void> {
  const { room: stranger } = await ella.commands.openDirect(mina.user);
  await say(ella, stranger, 'Hi Mina, may I write to you here, too?');
  await (await seo.commands.request(mina.user, '같은 동네 살아요. 이웃끼리 인사해요!')).outcome();
  const news = { description: '새 판과 점검 소식', public: true };
  const { room: channel } = await mina.commands.createChannel('마루 소식', news);
  await say(mina, channel, '새 판이 나왔습니다. 설정에서 글자 크기를 고를 수 있어요.');
  const { room: trip } = await mina.commands.createGroup('지난 여행', []);
  await mina.settings.archive(trip);
  const { room: noisy } = await mina.commands.createGroup('공지 모음', []);
  await mina.settings.mute(noisy);
  await (
    await seo.commands.block(ella.user, { reason: 'spam', note: '같은 광고를 매시간 보내요.' })
  ).outcome();
}
