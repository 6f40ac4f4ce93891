import type { Crumb, Page } from './page.ts';

export interface FooterColumn {
  readonly heading: string;
  readonly links: readonly Crumb[];
}

/** The words and links that stand around every page of one language. */
export interface Chrome {
  readonly siteName: string;
  readonly tagline: string;
  readonly home: Crumb;
  readonly charset: 'utf-8' | 'euc-kr';
  readonly labels: {
    readonly skip: string;
    readonly mainMenu: string;
    readonly breadcrumb: string;
    readonly search: string;
    readonly searchButton: string;
    readonly write: string;
  };
  readonly menu: readonly Crumb[];
  /** Leads to the site in the other language. */
  readonly otherLanguage: Crumb & { readonly language: Page['language'] };
  readonly footer: readonly FooterColumn[];
  readonly address: readonly string[];
}

const ENGLISH: Chrome = {
  siteName: 'Saltmere Library',
  tagline: 'On the quay since 1887',
  home: { path: '/', label: 'Home' },
  charset: 'utf-8',
  labels: {
    skip: 'Skip to the content',
    mainMenu: 'Main menu',
    breadcrumb: 'Breadcrumb',
    search: 'Search this site',
    searchButton: 'Search',
    write: 'Write to the library',
  },
  menu: [
    { path: '/hours', label: 'Opening hours' },
    { path: '/services', label: 'Services' },
    { path: '/catalogue', label: 'Catalogue' },
    { path: '/rooms', label: 'Rooms' },
    { path: '/events', label: 'Events' },
    { path: '/notices?page=1', label: 'Notices' },
    { path: '/contact', label: 'Contact' },
  ],
  otherLanguage: { path: '/ko', label: '한국어', language: 'ko' },
  footer: [
    {
      heading: 'The library',
      links: [
        { path: '/about', label: 'About us' },
        { path: '/about/history', label: 'Our history' },
        { path: '/about/branches', label: 'Branches and floor plan' },
        { path: '/staff/', label: 'Staff entrance' },
      ],
    },
    {
      heading: 'Help',
      links: [
        { path: '/faq', label: 'Questions and answers' },
        { path: '/search', label: 'Search' },
        { path: '/accessibility', label: 'Accessibility' },
        { path: '/privacy', label: 'Privacy' },
      ],
    },
  ],
  address: ['Saltmere Library', '4 Quay Street', 'Saltmere'],
};

const KOREAN: Chrome = {
  siteName: '솔트미어 도서관',
  tagline: '1887년부터 부두에서',
  home: { path: '/ko', label: '처음' },
  charset: 'euc-kr',
  labels: {
    skip: '본문으로 건너뛰기',
    mainMenu: '주 메뉴',
    breadcrumb: '현재 위치',
    search: '사이트 검색',
    searchButton: '검색',
    write: '도서관에 문의하기',
  },
  menu: [
    { path: '/ko/guide', label: '이용 안내' },
    { path: '/ko/hours', label: '개관 시간' },
    { path: '/ko/stories', label: '이야기 책장' },
  ],
  otherLanguage: { path: '/', label: 'English', language: 'en' },
  footer: [
    {
      heading: '도움말',
      links: [
        { path: '/ko/guide', label: '이용 안내' },
        { path: '/accessibility', label: '접근성 (영어)' },
        { path: '/contact', label: '문의 (영어)' },
      ],
    },
  ],
  address: ['솔트미어 도서관', '4 Quay Street', 'Saltmere'],
};

export function chromeOf(language: Page['language']): Chrome {
  return language === 'ko' ? KOREAN : ENGLISH;
}
