import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { LOW_DISK_BYTES } from '../../lib/site/health';
import { Metrics } from '../../server/metrics';
import { inProject } from '../../server/project';

const metrics = new Metrics({
  whyNotReady: async () => null, thread: async () => null, pool: () => null, jobs: () => ({}), queues: async () => [], freeOnDisk: async () => null,
  notices: () => ({ isListening: true, heard: { pages: 0, jobs: 0, desk: 0 } }),
}, 'a-token-of-the-tests');

type Known = { type: string; labels: readonly string[] };
const known = new Map<string, Known>();
for (const { name } of metrics.registry.getMetricsAsArray()) {
  const { type, labelNames } = metrics.registry.getSingleMetric(name) as unknown as { type: string; labelNames: readonly string[] };
  if (type !== 'histogram') known.set(name, { type, labels: labelNames });
  else for (const part of ['bucket', 'sum', 'count']) known.set(`${name}_${part}`, { type: 'counter', labels: [...labelNames, 'le'] });
}

type Panel = { id: number; title: string; type: string; datasource: { uid: string }; gridPos: { x: number; y: number; w: number; h: number }; targets: { expr: string; legendFormat: string; datasource: { uid: string } }[] };
type Dashboard = { __inputs: { name: string; type: string; pluginId: string }[]; schemaVersion: number; id: null; uid: string; panels: Panel[]; templating: { list: { name: string; query: { query: string } }[] } };
const read = (name: string): string => readFileSync(inProject(path.join('docs/operations', name)), 'utf8');
const dashboard = JSON.parse(read('dashboard.json')) as Dashboard;
const alerts = parse(read('alerts.yml')) as { groups: { name: string; rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[] }[] };
const rules = alerts.groups.flatMap(({ rules: of }) => of);

const shown = dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr]));
const watched = rules.map(({ alert, expr }): [string, string] => [alert, expr]);
/** What Prometheus itself knows of a scrape. */
const OF_PROMETHEUS = new Set(['up']);
const namesIn = (expr: string): string[] => expr.replace(/"[^"]*"/g, '').match(/\b(?:soapbox|process|nodejs)_\w+|\bup\b/g) ?? [];

test.each([...shown, ...watched])('%s: each figure of “%s” is one of ours, with labels it has, and a counter is read as a rate', (_title, expr) => {
  const names = namesIn(expr);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !known.has(name) && !OF_PROMETHEUS.has(name))).toEqual([]);
  for (const [, name = '', matchers = ''] of expr.matchAll(/\b((?:soapbox|process|nodejs)_\w+)\{([^}]*)\}/g)) {
    const labels = [...matchers.matchAll(/(\w+)(?:=|!)/g)].map(([, label]) => label!);
    expect(labels.filter((label) => label !== 'instance' && !known.get(name)?.labels.includes(label))).toEqual([]);
  }
  const rated = [...expr.matchAll(/\b(?:rate|increase)\((\w+)/g)].map(([, name]) => name!);
  for (const name of names) if (known.get(name)?.type === 'counter') expect(rated).toContain(name);
  for (const name of rated) expect(known.get(name)?.type).toBe('counter');
  expect(expr.split('(').length).toBe(expr.split(')').length);
});

test('each of our own figures is shown', () => {
  const used = new Set(shown.flatMap(([, expr]) => namesIn(expr)).map((name) => name.replace(/(?<=_seconds)_bucket$/, '')));
  const own = metrics.registry.getMetricsAsArray().map(({ name }) => name).filter((name) => name.startsWith('soapbox_'));
  expect(own.length).toBeGreaterThan(15);
  expect(own.filter((name) => !used.has(name))).toEqual([]);
});

test('the dashboard asks which Prometheus to read when it is imported, and reads no other', () => {
  expect(dashboard.__inputs).toEqual([expect.objectContaining({ name: 'DS_PROMETHEUS', type: 'datasource', pluginId: 'prometheus' })]);
  expect([dashboard.id, dashboard.uid, dashboard.schemaVersion]).toEqual([null, 'soapbox', 42]);
  for (const panel of dashboard.panels) for (const { datasource } of [panel, ...panel.targets]) expect(datasource.uid).toBe('${DS_PROMETHEUS}');
  for (const { query } of dashboard.templating.list) expect(namesIn(query.query).every((name) => known.has(name))).toBe(true);
});

test('its panels have names of their own, lie beside one another, and not over one another', () => {
  expect(dashboard.panels.length).toBeGreaterThanOrEqual(12);
  expect(new Set(dashboard.panels.map(({ title }) => title)).size).toBe(dashboard.panels.length);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  const taken = new Set<string>();
  for (const { gridPos: { x, y, w, h } } of dashboard.panels) {
    expect(x + w).toBeLessThanOrEqual(24);
    for (let column = x; column < x + w; column += 1) for (let row = y; row < y + h; row += 1) {
      expect(taken.has(`${column} ${row}`)).toBe(false);
      taken.add(`${column} ${row}`);
    }
  }
});

test('each alert says what is wrong and how soon somebody has to look', () => {
  expect(rules.length).toBeGreaterThanOrEqual(5);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { labels, annotations } of rules) expect([['page', 'ticket'].includes(labels.severity), annotations.summary.endsWith('.')]).toEqual([true, true]);
  expect(rules.find(({ alert }) => alert === 'SoapboxDiskFull')?.expr).toContain(String(LOW_DISK_BYTES));
});
