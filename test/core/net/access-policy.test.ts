import { describe, expect, it } from 'vitest';
import { AccessPolicy, problemOfEntry } from '../../../src/core/net/access-policy.ts';

describe('AccessPolicy', () => {
  it('allows nothing by default', () => {
    expect(new AccessPolicy().allows('localhost', 80)).toBe(false);
  });

  it.each([
    ['intranet.example', 'intranet.example', 8080, true],
    ['intranet.example', 'INTRANET.example', 80, true],
    ['intranet.example', 'intranet.example.', 80, true],
    ['intranet.example', 'www.intranet.example', 80, false],
    ['Intranet.Example:80', 'intranet.example', 80, true],
    ['intranet.example:80', 'intranet.example', 443, false],
    ['127.0.0.1:3000', '127.0.0.1', 3000, true],
    ['127.0.0.1:3000', '127.0.0.1', 3001, false],
    ['127.0.0.1:3000', 'localhost', 3000, false],
    ['0x7f.1:3000', '127.0.0.1', 3000, true],
    ['[::1]:8080', '[::1]', 8080, true],
    ['[::1]:8080', '::1', 8080, true],
    ['[0:0:0:0:0:0:0:1]', '::1', 1, true],
    ['[::1]:8080', '::2', 8080, false],
    ['bücher.example', 'xn--bcher-kva.example', 443, true],
    [' spaced.example ', 'spaced.example', 443, true],
  ])('with %j, %s on port %i: %s', (entry, hostname, port, allowed) => {
    expect(new AccessPolicy([entry]).allows(hostname, port)).toBe(allowed);
  });

  it('looks at every entry', () => {
    const policy = new AccessPolicy(['a.example', 'b.example:81']);
    expect([
      policy.allows('a.example', 1),
      policy.allows('b.example', 81),
      policy.allows('c.example', 81),
    ]).toEqual([true, true, false]);
  });

  it('throws what problemOfEntry says', () => {
    expect(() => new AccessPolicy(['ok.example', 'http://no.example'])).toThrow(
      problemOfEntry('http://no.example') ?? 'a problem',
    );
  });
});

describe('problemOfEntry', () => {
  it.each(['localhost', 'localhost:80', '10.0.0.1:65535', '[::1]', '[fd00::1]:8080', 'a_b.example'])(
    'finds none in %s',
    (entry) => {
      expect(problemOfEntry(entry)).toBeNull();
    },
  );

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['http://localhost', 'without scheme'],
    ['localhost/admin', 'without scheme or path'],
    ['user@localhost', 'not a host'],
    ['*.example', 'wildcard'],
    ['::1', 'brackets'],
    ['[::1', 'brackets'],
    ['localhost:', 'host:port'],
    ['localhost:http', 'host:port'],
    ['localhost:0', 'between 1 and 65535'],
    ['localhost:65536', 'between 1 and 65535'],
    ['[::g]', 'does not name a host'],
    ['10.0.0.256', 'does not name a host'],
    ['two hosts', 'not a host'],
  ])('tells that of %j', (entry, problem) => {
    expect(problemOfEntry(entry)).toContain(problem);
  });
});
