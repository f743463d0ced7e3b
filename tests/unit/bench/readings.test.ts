import { expect, test } from 'vitest';
import { plansIn, readWhole } from '../../bench/query-plans';
import { readWrk } from '../../bench/wrk';

const printed = (more = '') => `Running 2s test @ http://localhost:1/\n  1 threads and 16 connections\n  69850 requests in 2.10s, 500.10MB read\n${more}Requests/sec:  33261.9\n`;

test('what wrk printed is read, and its complaints are failures', () => {
  expect(readWrk(printed())).toEqual({ requests: 69_850, seconds: 2.1 });
  expect(readWrk(printed().replace('2.10s', '850.00ms'))).toEqual({ requests: 69_850, seconds: 0.85 });
  expect(() => readWrk(printed('  Non-2xx or 3xx responses: 5\n'))).toThrow('Non-2xx or 3xx responses: 5');
  expect(() => readWrk(printed('  Socket errors: connect 1, read 0, write 0, timeout 0\n'))).toThrow('Socket errors');
  expect(() => readWrk('unable to connect')).toThrow('something else');
});

const logged = (plan: object) => `2026-11-24 LOG:  duration: 0.1 ms  plan:\n${JSON.stringify(plan, null, 2).replace(/^/gm, '\t')}\n2026-11-24 LOG:  something else\n`;
const scan = (type: string, table: string) => ({ 'Node Type': type, 'Relation Name': table });

test('plans are read from the log, and large tables that one reads from end to end are named', () => {
  const plans = plansIn(
    logged({ 'Query Text': 'SELECT 1', Plan: { 'Node Type': 'Limit', Plans: [{ 'Node Type': 'Sort', Plans: [scan('Seq Scan', 'Comment'), scan('Seq Scan', 'Site')] }] } }) +
    logged({ 'Query Text': 'SELECT 2', Plan: scan('Index Scan', 'Post') }));
  expect(plans.map((plan) => [plan['Query Text'], readWhole(plan)])).toEqual([['SELECT 1', ['Comment']], ['SELECT 2', []]]);
});
