import { both } from './both.ts';

/** What `maru chat` says of channels. */
export const CHANNEL_TEXTS = {
  createdChannel: both(
    (who: string, name: string) => `${who} made the channel ‘${name}’`,
    (who, name) => `${who}님이 채널 ‘${name}’을(를) 만들었습니다`,
  ),
  channelsTitle: both('Public channels', '공개 채널'),
  channelsHint: both('/join NAME comes into one.', '/참여 이름 으로 들어갑니다.'),
  noChannels: both('There are none like that.', '그런 채널이 없습니다.'),
  moreChannels: both('… and more: say more words.', '… 더 있습니다: 검색어를 더 쓰세요.'),
  noSuchChannel: both(
    (name: string) => `No public channel is called ${name}: see /channels.`,
    (name) => `${name}(이)라는 공개 채널이 없습니다: /채널찾기를 보세요.`,
  ),
  nobodyIsAdded: both(
    'Nobody is added to a channel: people join, or have a /link.',
    '채널에는 초대할 수 없습니다: 스스로 들어오거나 /링크로 들어옵니다.',
  ),
  readOnly: both('You may read here, and not write.', '읽을 수만 있고 쓸 수는 없습니다.'),
};
