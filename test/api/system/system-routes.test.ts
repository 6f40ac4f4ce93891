import { describe, expect, it } from 'vitest';
import { ApiHarness } from '../../support/api-harness.ts';

describe('the service', () => {
  it('says that it runs', async () => {
    const api = await ApiHarness.open();
    expect(await api.json(200, 'GET', '/health')).toEqual({ status: 'ok' });
  });

  it('says that it can work', async () => {
    const api = await ApiHarness.open();
    expect(await api.json(200, 'GET', '/ready')).toEqual({
      ready: true,
      checks: [{ name: 'store', ok: true, detail: null }],
    });
  });

  it('says what it lacks', async () => {
    const checks = [
      { name: 'store', ok: true, detail: null },
      { name: 'browser', ok: false, detail: 'No browser was found.' },
    ];
    const api = await ApiHarness.open({ deps: { ready: async () => checks } });
    expect(await api.json(503, 'GET', '/ready')).toEqual({ ready: false, checks });
  });

  it('exposes its metrics to Prometheus', async () => {
    const sample = {
      name: 'waymark_tasks',
      help: 'Tasks.',
      type: 'gauge',
      labels: { status: 'pending' },
      value: 3,
    } as const;
    const api = await ApiHarness.open({ deps: { metrics: () => [sample] } });
    const response = await api.send('GET', '/metrics');
    expect(response.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('waymark_tasks{status="pending"} 3\n');
  });
});
