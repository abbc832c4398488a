import type { MaruClient, Sending } from '@maru/client';
import type { LinkCode, RoomId } from '@maru/protocol';
import { say } from './say.ts';

/** Those that the user, `mina`, knows less well. */
export interface Neighbours {
  /** Codes of links into groups of others, and one into a group of the user's own. */
  readonly links: Readonly<Record<'open' | 'approved' | 'asked' | 'own' | 'revoked', LinkCode>>;
  /** Makes a group with the user, who is put out of it when the function it resolves with is called. */
  party(name: string): Promise<() => Promise<void>>;
  /** Lets none but administrators write in the neighbours' group, or everybody again. */
  silence(isSilent: boolean): Promise<void>;
}

type Neighbour = 'mina' | 'jun' | 'seo' | 'promo' | 'hana';
type Clients = Readonly<Record<Neighbour, MaruClient>>;

/** What is seldom: links, somebody blocked, rooms that are only read or forget what is said. */
export async function makeNeighbours(clients: Clients): Promise<Neighbours> {
  const { mina, jun, hana } = clients;
  await hana.updateSettings({ whoMayWrite: 'contacts' });
  await mina.settings.keepQuickReply('주소', '서울시 마루구 한옥길 12, 초인종은 두 번');
  await mina.settings.keepQuickReply('soon', 'On my way, ten minutes.');
  const group = await inTheNeighbourhood(clients);
  await readAndForget(clients);
  const silence = async (isSilent: boolean) =>
    done(jun.commands.setRights(group, { send: isSilent ? 'administrators' : 'everyone' }));
  const party = async (name: string) => {
    const { room } = await jun.commands.createGroup(name, [mina.user]);
    await say(jun, room, '다들 잘 들어갔나요?');
    return () => done(jun.commands.removeMember(room, mina.user));
  };
  return { links: await makeLinks(clients), party, silence };
}

async function inTheNeighbourhood({ mina, jun, seo, promo }: Clients): Promise<RoomId> {
  const { room } = await jun.commands.createGroup('이웃 모임', [mina.user, seo.user, promo.user]);
  await say(seo, room, '이번 주말에 같이 김장하실 분?');
  const advert = await say(promo, room, '오늘만 반값! 지금 바로 보세요.');
  await say(jun, room, '여기서는 광고 말아 주세요.', { replyTo: advert });
  const { room: direct } = await promo.commands.openDirect(mina.user);
  await say(promo, direct, '고객님만을 위한 특가!');
  await mina.until(() => mina.room(direct) !== undefined && (mina.room(room)?.latest?.seq ?? 0) > advert);
  await done(mina.commands.block(promo.user));
  return room;
}

async function readAndForget({ mina, seo }: Clients): Promise<void> {
  const { room: news } = await seo.commands.createChannel('동네 소식', {
    description: '골목 이야기',
    public: true,
  });
  await say(seo, news, '골목 끝 빵집이 다시 문을 열었어요.');
  await done(mina.commands.joinChannel(news));
  const run = mina.rooms.find(({ name }) => name === '아침 달리기');
  if (run !== undefined) await done(mina.commands.setTimer(run.room, 2_592_000));
}

async function makeLinks({ mina, jun, seo }: Clients): Promise<Neighbours['links']> {
  const linkInto = async (who: MaruClient, name: string, approval: boolean) => {
    const { room } = await who.commands.createGroup(name, []);
    await done(who.commands.describe(room, '한 달에 한 번, 부담 없이 모여요. Everybody is welcome.'));
    const { code, sending } = await who.commands.makeLink(room, { approval });
    await sending.outcome();
    return code;
  };
  const links = {
    open: await linkInto(jun, '동네 도서관을 사랑하는 사람들', false),
    approved: await linkInto(jun, '등산 모임', true),
    asked: await linkInto(jun, '사진 모임', true),
    own: await linkInto(mina, '독서 모임', true),
    revoked: await linkInto(jun, '닫힌 모임', false),
  };
  const asks = async (who: MaruClient, code: LinkCode) => done(who.commands.join(code));
  await asks(mina, links.asked);
  await asks(seo, links.own);
  const closed = jun.rooms.find(({ name }) => name === '닫힌 모임');
  const [link] = closed === undefined ? [] : (await jun.links(closed.room)).links;
  if (closed !== undefined && link !== undefined) await done(jun.commands.revokeLink(closed.room, link.link));
  return links;
}

async function done(given: Promise<Sending>): Promise<void> {
  const outcome = await (await given).outcome();
  if (outcome.kind === 'failed') throw new Error(outcome.error.message);
}
