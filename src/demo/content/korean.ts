import { html, type Page, page } from '../page.ts';
import { articlePage, cards, table } from '../views.ts';

const GUIDE = articlePage({
  path: '/ko/guide',
  title: '이용 안내',
  language: 'ko',
  lead: '솔트미어에 살거나 일하거나 공부하는 사람은 누구나 무료로 대출증을 만들 수 있습니다.',
  facts: [
    { term: '대출 권수', value: '20권' },
    { term: '대출 기간', value: '4주' },
  ],
  sections: [
    {
      id: 'card',
      heading: '대출증 만들기',
      body: html`<p>이름과 주소가 적힌 서류를 안내대로 가져오시면 그 자리에서 대출증을 만들어 드립니다.</p>`,
    },
    {
      id: 'return',
      heading: '책 반납하기',
      body: html`<p>문이 닫힌 뒤에는 부두 쪽 파란 반납함을 이용하세요. 연체료는 없습니다.</p>`,
    },
  ],
});

const HOURS = articlePage({
  path: '/ko/hours',
  title: '개관 시간',
  language: 'ko',
  lead: '월요일을 빼고 날마다 문을 엽니다.',
  sections: [
    {
      id: 'week',
      heading: '요일별 시간',
      body: table({
        caption: '부두 본관 개관 시간',
        columns: ['요일', '여는 시각', '닫는 시각'],
        rows: [
          ['화요일부터 금요일까지', '9:00', '20:00'],
          ['토요일', '10:00', '18:00'],
          ['일요일', '10:00', '16:00'],
        ],
      }),
    },
    {
      id: 'holidays',
      heading: '쉬는 날',
      body: html`<p>자세한 내용은 <a href="/hours" hreflang="en">영어 안내</a>를 보세요.</p>`,
    },
  ],
});

/** Holds syllables that are in code page 949 but not in KS X 1001: 똠, 햏, 찦, 펲, 쑛, 뷁. */
const STORIES = articlePage({
  path: '/ko/stories',
  title: '이야기 책장: 똠방각하',
  language: 'ko',
  lead: '한 달에 두 번, 토요일 아침에 우리말로 옛이야기와 새 이야기를 읽습니다.',
  sections: [
    {
      id: 'ttombang',
      heading: '똠방각하와 찦차',
      body: html`<p>찦차를 타고 온 펲시맨과 쑛다리 똠방각하가 부두에서 만났습니다. 갈매기가 햏햏 웃자 똠방각하는 뷁 하고 소리쳤습니다.</p>`,
    },
    {
      id: 'next',
      heading: '다음 이야기',
      body: html`<p>다음에는 그림책 <cite>밤배</cite>를 함께 읽습니다. 책은 어린이 서가에 있습니다.</p>`,
    },
  ],
});

const FRONT = page({
  path: '/ko',
  title: '솔트미어 도서관',
  description: '부두에 있는 솔트미어 도서관의 한국어 안내입니다.',
  language: 'ko',
  main: html`<div class="wrap">
<h1>솔트미어 도서관에 오신 것을 환영합니다</h1>
<p class="lead">바닷가 작은 도시의 공공 도서관입니다. 책과 방과 도구를 함께 나눕니다.</p>
${cards(
  [GUIDE, HOURS, STORIES].map(({ path, title, description }) => ({ path, title, text: description })),
  2,
)}
</div>`,
});

export const KOREAN_PAGES: readonly Page[] = [FRONT, GUIDE, HOURS, STORIES];
