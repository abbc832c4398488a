import type { Stage } from './scene.ts';

export const ENGLISH_GROUPS: readonly Stage[] = [
  {
    kind: 'group',
    name: 'Slow readers',
    description: 'One book a season. No hurry.',
    members: ['theo', 'mina', 'ruth', 'grace', 'lucy', 'aram', 'dora', 'ines'],
    scenes: [
      [
        ['theo', 'Chapter nine. I did not see that letter coming.'],
        ['ruth', 'No spoilers, I am on seven! 🙈', { likes: ['😂', '😂'] }],
        ['theo', 'Then read on your way home tonight, and call me.', { answers: 1 }],
        ['grace', 'Shall we meet on the 14th? My kitchen seats eight.', { likes: ['❤️', '👍', '👍'] }],
        ['mina', 'I am in. I will bring something sweet.', { likes: ['🍰'] }],
      ],
      [
        ['ruth', 'Finished seven, eight and nine in one go. That letter!', { likes: ['😱', '❤️'] }],
        ['lucy', 'I read it twice. The second time it was a different letter.'],
        ['aram', '번역본은 그 장면이 더 조용해요. 둘 다 좋네요.', { likes: ['👍'] }],
        ['theo', 'Let us compare both on the 14th.', { answers: 1, likes: ['👍', '❤️'] }],
      ],
      [
        ['dora', 'What do we read next? I vote for something short.'],
        ['ines', 'Short stories, then. One each week.', { answers: 1, likes: ['👍', '👍'] }],
        ['grace', 'And whoever picks the story makes the soup.', { likes: ['🍲', '😂'] }],
      ],
    ],
  },
  {
    kind: 'group',
    name: 'Flat 4B',
    members: ['tom', 'mina', 'priya', 'oscar'],
    scenes: [
      [
        ['tom', 'The plumber comes on Thursday between 8 and 12. Who is home?'],
        ['priya', 'I can work from here. Does he need the cellar key?', { answers: 1 }],
        ['tom', 'Yes, it hangs behind the door. Thank you!', { likes: ['🙏'] }],
        ['oscar', 'I cooked far too much chili. Please eat it.', { likes: ['🌶️', '❤️', '😋'] }],
      ],
      [
        ['priya', 'The chili is excellent, and half of it is gone.'],
        ['oscar', 'Half is progress.', { answers: 1, likes: ['😂'] }],
        ['tom', 'I take the other half for lunch. No regrets.'],
        ['priya', 'Thursday 9:10, the plumber was here, all is dry.', { likes: ['🎉', '🙏'] }],
      ],
      [
        ['oscar', 'Bike is fixed. Whoever borrows it next: the left brake is new and means it.'],
        ['tom', 'Noted. I still have the bruise.', { answers: 1, likes: ['😂'] }],
        ['priya', 'Could you look at mine at the weekend?'],
        ['oscar', 'Sure. Payment in coffee.', { likes: ['☕'] }],
      ],
    ],
  },
  {
    kind: 'group',
    name: 'Thursday band',
    members: ['leo', 'mina', 'nadia', 'sam', 'marek', 'woojin', 'felix'],
    scenes: [
      [
        ['leo', 'Rehearsal at seven. Bring the second verse, please, all of it this time 🎸'],
        ['nadia', 'I rewrote the bridge. It has four chords now instead of eleven.', { likes: ['❤️', '🙌'] }],
        ['sam', 'My fingers thank you', { answers: 1, likes: ['😂'] }],
        ['marek', 'Room is booked until ten.'],
      ],
      [
        ['woojin', '저 오늘 20분 늦어요. 지하철이 멈췄어요.'],
        ['nadia', 'No worries, we start with the slow one.', { answers: 1, likes: ['👍'] }],
        ['felix', 'I am away until Monday. Record it for me?'],
        [
          'leo',
          'Will do. Try not to correct the bass line from the beach.',
          { answers: 1, likes: ['😂', '🏖️'] },
        ],
      ],
      [
        ['marek', 'Somebody left a green scarf in the room.'],
        ['sam', 'Mine! Keep it safe until Thursday.', { answers: 1 }],
        ['marek', 'It conducts the metronome until then.', { likes: ['😂', '🧣'] }],
      ],
    ],
  },
  {
    kind: 'group',
    name: 'Seoul in spring 🌸',
    description: 'Ten days, five people, one long list',
    members: ['ella', 'mina', 'hana', 'anders', 'jun', 'yusuf'],
    scenes: [
      [
        ['ella', 'Flights are booked! Ten days in April ✈️', { likes: ['🎉', '🎉', '❤️', '🎉'] }],
        ['anders', 'What must we not miss?'],
        [
          'jun',
          '궁궐은 아침 일찍 가면 조용해요. 그리고 시장에서 빈대떡!',
          { answers: 1, likes: ['😋', '👍'] },
        ],
        [
          'mina',
          'Jun says: the palace early in the morning, and mung bean pancakes at the market.',
          { answers: 1 },
        ],
        ['hana', 'Pancakes are now item one.', { likes: ['🥞', '😂'] }],
      ],
      [
        ['yusuf', 'How cold is it in April? I only own two jackets, both wrong.'],
        [
          'jun',
          '낮에는 따뜻하고 저녁에는 쌀쌀해요. 얇은 겉옷 하나면 충분해요.',
          { answers: 1, likes: ['👍'] },
        ],
        ['ella', 'One thin jacket, then. Yusuf, the blue one.', { likes: ['😂'] }],
        [
          'anders',
          'I am learning to read Hangul. I can now read every sign, slowly, and understand none.',
          { likes: ['❤️', '😂'] },
        ],
      ],
      [
        ['hana', 'Found a small guest house with a wooden floor and a courtyard.', { likes: ['😍', '👍'] }],
        ['ella', 'A maru! Like this app.', { answers: 1, likes: ['❤️'] }],
        ['jun', '한옥이면 봄밤에 마루에 앉아 있기 딱 좋아요', { likes: ['🌸', '❤️'] }],
      ],
    ],
  },
];
