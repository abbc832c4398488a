/** Somebody of the demonstration. All of them are invented. */
export interface Character {
  readonly handle: string;
  readonly name: string;
  /** What they answer in. */
  readonly language: 'ko' | 'en';
  /** The line about how one is. */
  readonly status?: string;
}

/** Whose windows the visitor opens: the first, and the one that is offered. */
export const VISITOR = 'mina';
export const SECOND_VISITOR = 'jun';

const KOREAN: readonly (readonly [handle: string, name: string, status?: string])[] = [
  ['mina', '김미나', '커피 두 잔째'],
  ['jun', '박준', '점심 뭐 먹지'],
  ['sora', '이소라', '주말엔 산으로'],
  ['dongha', '최동하'],
  ['hayoon', '정하윤', '🌱 화분에 물 주는 중'],
  ['jiho', '강지호'],
  ['yuna', '조유나', '집중 모드'],
  ['seojin', '윤서진'],
  ['taeo', '장태오', '야근 아님'],
  ['nari', '임나리'],
  ['byeol', '한별', '고양이 두 마리와 삽니다'],
  ['woojin', '오우진'],
  ['somi', '서소미', '빵 굽는 날'],
  ['haneul', '신하늘'],
  ['gyuri', '권규리'],
  ['minjae', '황민재', '러닝 62일째'],
  ['eunsol', '안은솔'],
  ['dain', '송다인', '제주에 있어요'],
  ['jaewon', '류재원'],
  ['boram', '홍보람'],
  ['chan', '문찬'],
  ['aram', '양아람', '읽는 중: 느린 책'],
];

const ENGLISH: typeof KOREAN = [
  ['ella', 'Ella Berg', 'On the train'],
  ['tom', 'Tom Okafor', 'Kettle is on'],
  ['ruth', 'Ruth Lindqvist'],
  ['sam', 'Sam Whitlock', 'Out running'],
  ['nadia', 'Nadia Farouk'],
  ['leo', 'Leo Marchetti', 'Practising scales'],
  ['grace', 'Grace Adeyemi'],
  ['oscar', 'Oscar Nyman', 'Fixing the bike'],
  ['ines', 'Inês Duarte'],
  ['felix', 'Felix Brandt', 'Back on Monday'],
  ['hana', 'Hana Svobodová'],
  ['theo', 'Theo Vance', 'Chapter nine'],
  ['priya', 'Priya Raman'],
  ['anders', 'Anders Holm'],
  ['lucy', 'Lucy Tran', 'Tea, then everything else'],
  ['marek', 'Marek Zielin'],
  ['dora', 'Dora Keane'],
  ['yusuf', 'Yusuf Demir', 'Garden day'],
];

/** 40 people. */
export const CAST: readonly Character[] = [
  ...KOREAN.map((person) => characterOf(person, 'ko')),
  ...ENGLISH.map((person) => characterOf(person, 'en')),
];

function characterOf(
  [handle, name, status]: (typeof KOREAN)[number],
  language: Character['language'],
): Character {
  return { handle, name, language, ...(status !== undefined && { status }) };
}
