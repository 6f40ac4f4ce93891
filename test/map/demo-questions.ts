/** A question to the map of the demo site. Written down before the map was asked. */
export interface Question {
  /** Path of the page that the person is on. */
  readonly from: string;
  readonly text: string;
  /** What a person would call right: a page, or a page and the anchor of a section on it. The best one first. */
  readonly right: readonly [string, ...string[]];
}

export const DEMO_QUESTIONS: readonly Question[] = [
  { from: '/', text: 'opening hours', right: ['/hours'] },
  { from: '/', text: 'how do I get a library card', right: ['/services/borrowing#get-a-card'] },
  {
    from: '/events',
    text: 'borrow a drill',
    right: ['/services/tool-library#what', '/services/tool-library'],
  },
  { from: '/notices?page=7', text: 'printing prices', right: ['/services/printing#prices'] },
  { from: '/catalogue/the-night-ferry', text: 'story time', right: ['/services/children#story-time'] },
  { from: '/', text: 'the flood', right: ['/about/history#flood'] },
  { from: '/faq', text: 'late books', right: ['/faq#late', '/services/borrowing#returning'] },
  {
    from: '/services',
    text: 'sheet music loan period',
    right: ['/services/borrowing#how-long', '/services/borrowing'],
  },
  { from: '/', text: 'harbour talks', right: ['/events/harbour-talks'] },
  { from: '/contact', text: 'accessibility of the building', right: ['/accessibility#building'] },
  { from: '/', text: 'floor plan', right: ['/about/branches#plan', '/about/branches'] },
  { from: '/', text: 'Hanneke Oss', right: ['/catalogue/a-field-guide-to-fog'] },
  { from: '/about', text: 'seed swap', right: ['/notices/seed-swap'] },
  { from: '/', text: 'who takes over local history', right: ['/notices/new-librarian'] },
  { from: '/search', text: 'programme of the lantern night', right: ['/events/lantern-night#programme'] },
  { from: '/catalogue', text: 'quiet floor', right: ['/notices/quiet-floor'] },
  {
    from: '/services/printing',
    text: 'how to print',
    right: ['/services/printing#steps', '/services/printing'],
  },
  { from: '/', text: 'closed on holidays', right: ['/hours#holidays'] },
  {
    from: '/events/first-chapters',
    text: 'apple press',
    right: ['/notices/apple-press-weekend', '/services/tool-library#what'],
  },
  { from: '/notices/winter-hours', text: 'write to the library', right: ['/contact'] },
  { from: '/', text: 'when we are open', right: ['/hours'] },
  { from: '/', text: 'mend my toaster', right: ['/events/repair-evening'] },
  { from: '/', text: 'no cookies', right: ['/privacy#this-site', '/privacy'] },
  { from: '/', text: 'the reading boat was repaired', right: ['/notices/reading-boat-repaired'] },
  {
    from: '/hours',
    text: 'letters written on Gull Holm',
    right: ['/catalogue/letters-from-gull-holm'],
  },

  { from: '/', text: 'openning huors', right: ['/hours'] },
  { from: '/privacy', text: 'tool libary', right: ['/services/tool-library'] },
  { from: '/services/children', text: 'knots for the patiant', right: ['/catalogue/knots-for-the-patient'] },
  { from: '/about/history', text: 'home delivry', right: ['/services/home-delivery'] },
  { from: '/ko', text: 'acessibility', right: ['/accessibility'] },

  { from: '/ko', text: '책 반납', right: ['/ko/guide#return'] },
  { from: '/', text: '개관 시간', right: ['/ko/hours'] },
  { from: '/ko/hours', text: '대출증은 어떻게 만드나요', right: ['/ko/guide#card'] },
  { from: '/hours', text: '이야기 책장', right: ['/ko/stories'] },
  { from: '/ko/guide', text: '쉬는 날', right: ['/ko/hours#holidays'] },
  { from: '/services', text: '똠방각하', right: ['/ko/stories#ttombang', '/ko/stories'] },
  { from: '/ko/stories', text: '이용 안네', right: ['/ko/guide'] },
  { from: '/ko/stories', text: '책', right: ['/ko/guide#return', '/ko/stories'] },
];
