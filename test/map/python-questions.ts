import type { TestQuestion } from './test-question.ts';

/** Questions to the map of Debian's python3.11-doc, which ranking was tuned with. */
export const PYTHON_QUESTIONS: readonly TestQuestion[] = [
  {
    from: '/index.html',
    text: 'list comprehensions',
    right: ['/tutorial/datastructures.html#list-comprehensions'],
  },
  {
    from: '/library/index.html',
    text: 'json',
    right: ['/library/json.html', '/library/json.html#module-json'],
  },
  {
    from: '/index.html',
    text: 'how to create a virtual environment',
    right: [
      '/tutorial/venv.html#creating-virtual-environments',
      '/library/venv.html#creating-virtual-environments',
    ],
  },
  { from: '/library/json.html', text: 'asyncio timeouts', right: ['/library/asyncio-task.html#timeouts'] },
  {
    from: '/tutorial/index.html',
    text: 'regular expression howto',
    right: ['/howto/regex.html', '/howto/regex.html#regular-expression-howto'],
  },
  {
    from: '/index.html',
    text: 'why is it called Python',
    right: ['/faq/general.html#why-is-it-called-python'],
  },
  {
    from: '/index.html',
    text: 'install python on windows without ui',
    right: ['/using/windows.html#installing-without-ui'],
  },
  {
    from: '/library/sqlite3.html',
    text: 'placeholders in sql queries',
    right: ['/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries'],
  },
  {
    from: '/c-api/index.html',
    text: 'customize memory allocators',
    right: ['/c-api/memory.html#customize-memory-allocators'],
  },
  { from: '/index.html', text: 'metaclasses', right: ['/reference/datamodel.html#metaclasses'] },
  {
    from: '/howto/index.html',
    text: 'sort stability',
    right: ['/howto/sorting.html#sort-stability-and-complex-sorts'],
  },
  {
    from: '/index.html',
    text: 'greedy versus non-greedy',
    right: ['/howto/regex.html#greedy-versus-non-greedy'],
  },
  {
    from: '/index.html',
    text: 'reprot a bug',
    right: ['/bugs.html', '/bugs.html#dealing-with-bugs', '/bugs.html#using-the-python-issue-tracker'],
  },
  { from: '/index.html', text: 'glosary', right: ['/glossary.html', '/glossary.html#glossary'] },
  {
    from: '/library/random.html',
    text: 'decimal quick-start tutorial',
    right: ['/library/decimal.html#quick-start-tutorial'],
  },
  {
    from: '/index.html',
    text: 'what does the slash in a parameter list mean',
    right: ['/faq/programming.html#what-does-the-slash-in-the-parameter-list-of-a-function-mean'],
  },
];

/** Questions that nothing was tuned with. */
export const HELD_OUT_PYTHON_QUESTIONS: readonly TestQuestion[] = [
  {
    from: '/index.html',
    text: 'user-defined exceptions',
    right: ['/tutorial/errors.html#user-defined-exceptions'],
  },
  { from: '/index.html', text: 'where to patch', right: ['/library/unittest.mock.html#where-to-patch'] },
  { from: '/tutorial/errors.html', text: 'task groups', right: ['/library/asyncio-task.html#task-groups'] },
  {
    from: '/index.html',
    text: 'csv file reading',
    right: ['/library/csv.html', '/library/csv.html#module-csv'],
  },
  {
    from: '/library/os.html',
    text: 'pathlib correspondence to os module',
    right: ['/library/pathlib.html#correspondence-to-tools-in-the-os-module'],
  },
  {
    from: '/index.html',
    text: 'strftime format codes',
    right: [
      '/library/datetime.html#strftime-and-strptime-format-codes',
      '/library/datetime.html#strftime-and-strptime-behavior',
    ],
  },
  {
    from: '/faq/index.html',
    text: 'how do I convert a string to a number',
    right: ['/faq/programming.html#how-do-i-convert-a-string-to-a-number'],
  },
  { from: '/index.html', text: 'logging to a file', right: ['/howto/logging.html#logging-to-a-file'] },
  {
    from: '/library/zipfile.html',
    text: 'subprocess security considerations',
    // Two ids of one place.
    right: [
      '/library/subprocess.html#security-considerations',
      '/library/subprocess.html#subprocess-security',
    ],
  },
  { from: '/index.html', text: 'type alaises', right: ['/library/typing.html#type-aliases'] },
  { from: '/index.html', text: 'pip not installed', right: ['/installing/index.html#pip-not-installed'] },
  {
    from: '/c-api/intro.html',
    text: 'looping techniques',
    right: ['/tutorial/datastructures.html#looping-techniques'],
  },
  {
    from: '/index.html',
    text: 'built in functions',
    right: ['/library/functions.html', '/library/functions.html#built-in-functions'],
  },
  { from: '/index.html', text: 'the backslash plague', right: ['/howto/regex.html#the-backslash-plague'] },
  {
    from: '/library/index.html',
    text: 'mitigating round-off eror',
    right: ['/library/decimal.html#mitigating-round-off-error-with-increased-precision'],
  },
  { from: '/index.html', text: 'replace os.system', right: ['/library/subprocess.html#replacing-os-system'] },
  {
    from: '/index.html',
    text: 'reusable and reentrant context managers',
    right: ['/library/contextlib.html#single-use-reusable-and-reentrant-context-managers'],
  },
  {
    from: '/index.html',
    text: 'are there any books on python',
    right: ['/faq/general.html#are-there-any-books-on-python'],
  },
];
