import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { kindOfHead } from '@/lib/transfer/readers/file-kind';
import { readerOf, readTogether } from '@/lib/transfer/readers/read-together';
import type { ImportRecord } from '@/lib/transfer/form';
import { exported, NOW, recordsOf, valuesOf, written } from '@/tests/support/exports/read-all';
import { exportOf, fixture } from '@/tests/support/wxr/write-export';
import { readFileSync } from 'node:fs';

test.each([
  ['WordPress', fixture('blog-1.0.xml')], ['WordPress', fixture('blog-1.1.xml')], ['WordPress', fixture('blog-1.2.xml')],
  ['Disqus', exported('disqus.xml')], ['Blogger', exported('blogger.xml')], ['Blogger', exported('blogger-takeout.atom')], ['Ghost', exported('ghost.json')],
])('%s is known by its content: %s', async (name, file) => {
  // The name says nothing, or something else.
  const content = readFileSync(file);
  for (const path of [written(content, 'x'), written(content, 'photo.jpg'), written(`\ufeff${content.toString()}`)]) {
    const reader = await readerOf(path);
    expect(reader.name).toBe(name);
    expect(valuesOf(await recordsOf(reader.read, path), 'site')).toHaveLength(1);
  }
});

test('an export with blank lines before its first line is read all the same', async () => {
  const path = written(`\n\n  ${readFileSync(exported('disqus.xml'), 'utf8')}`);
  const records = await recordsOf((await readerOf(path)).read, path);
  expect(records.find((record) => record.kind === 'thread')?.line).toBe(13);
});

const feed = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title></channel></rss>';
test.each([
  ['an empty file', '', /^The file is empty\.$/],
  ['white space', ' \n\t ', /nothing in this file but white space/],
  ['an ordinary feed', feed, /^This is an ordinary RSS feed/],
  ['an ordinary Atom feed', '<feed xmlns="http://www.w3.org/2005/Atom"><generator>Jekyll</generator></feed>', /^This is an ordinary Atom feed/],
  ['a Blogger theme', '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html b:version="2" xmlns="http://www.w3.org/1999/xhtml" xmlns:b="http://www.google.com/2005/gml/b"><head></head></html>', /^This is a Blogger theme/],
  ['a WordPress theme', '/*\nTheme Name: Twenty Ten\nAuthor: x\n*/\nbody {}', /^This is a theme/],
  ['a program', '<?php\nget_header();', /program file of a theme or plugin/],
  ['a copy of a database', '-- MySQL dump 10.13  Distrib 5.7\n--\nDROP TABLE IF EXISTS `wp_posts`;', /^This is a copy of a database/],
  ['one of phpMyAdmin', '-- phpMyAdmin SQL Dump\nSET NAMES utf8;', /^This is a copy of a database/],
  ['one without a word first', 'SET NAMES utf8;\nCREATE TABLE wp_posts (id int);', /^This is a copy of a database/],
  ['a table', 'Email,Name,Date\na@a.example,A,2020\nb@b.example,B,2021\n', /^This is a table \(CSV\)/],
  ['a table of semicolons', 'Email;Name\na@a.example;A\n', /^This is a table \(CSV\)/],
  ['a PDF', '%PDF-1.7\n%âãÏÓ', /^This is a PDF/],
  ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), /^This is a picture/],
  ['a web page', '<!DOCTYPE html>\n<html><head></head></html>', /^This is a web page/],
  ['a saved page without a doctype', '<html lang="en"><body>', /^This is a web page/],
  ['a sitemap', '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', /^This is a sitemap/],
  ['a list of feeds', '<opml version="1.0"></opml>', /^This is a list of feeds/],
  ['other XML', '<invoice/>', /outermost element is <invoice>/],
  ['what only begins like XML', '<<<<', /begins like XML/],
  ['other JSON', '{"version": "https://jsonfeed.org/version/1.1"}', /^This is JSON, but no Ghost export/],
  ['a post in Markdown', '---\ntitle: x\n---\nwords', /single post in Markdown/],
  ['words', 'Dear diary', /^This is a text/],
  ['bytes', Buffer.from([1, 2, 3, 0, 200, 255]), /^This is not a file of text/],
  ['a packed file', gzipSync('x'), /^The file is packed/],
])('%s is refused with a sentence that says what it is', async (_, content, sentence) => {
  const refused = await readerOf(written(content)).then(() => 'was read', (error: Error) => `${error.constructor.name}: ${error.message}`);
  expect(refused.replace('BrokenFile: ', '')).toMatch(sentence);
  expect(refused).toMatch(/^BrokenFile/);
});

test('an export in UTF-16 is known, and its reader says what to do', async () => {
  const path = written(Buffer.from(`\ufeff${exportOf([{ id: 1 }])}`, 'utf16le'));
  const { name, read } = await readerOf(path);
  expect(name).toBe('WordPress');
  await expect(recordsOf(read, path)).rejects.toThrow(/UTF-16/);
});

test('definitions and comments as long as anybody likes end in a sentence', () => {
  expect(kindOfHead(Buffer.from(`<!--${'x'.repeat(65_000)}`))).toMatchObject({ is: 'other' });
});

const all = async (paths: string[]) => {
  const records: ImportRecord[] = [];
  let bytes = 0;
  for await (const batch of readTogether(paths, NOW)) {
    records.push(...batch.records);
    bytes = batch.bytesRead;
  }
  return { records, bytes };
};

test('the parts of one export are read as one: one site, items counted on, lines with their file', async () => {
  const parts = [written(exportOf([{ id: 1, comments: [{ id: 5 }] }, { id: 2 }])), written(exportOf([{ id: 3, comments: [{ id: 6 }] }]))];
  const { records, bytes } = await all(parts);
  expect(valuesOf(records, 'site')).toHaveLength(1);
  expect(records.flatMap((record) => (record.kind === 'post' || record.kind === 'comment' ? [[record.value.number, record.item]] : []))).toEqual([['5', 1], ['1', 1], ['2', 2], ['6', 3], ['3', 3]]);
  expect(records.at(-1)?.line).toBe(placed(5));
  expect(bytes).toBeGreaterThan(readFileSync(parts[1]!).length);
});

const placed = (line: number) => 20_000_000 + line;

test('exports of two blogs are not taken for one', async () => {
  await expect(all([written(exportOf([{ id: 1 }])), exported('ghost.json')])).rejects.toThrow(/^These are exports of two blogs \(wxr:made\.example and ghost:c2f1/);
});

test('the broken one of several files is named', async () => {
  await expect(all([written(exportOf([{ id: 1 }])), written(exportOf([{ id: 1 }]).slice(0, -20))])).rejects.toThrow(/^File 2 of 2: Line \d+: The file ends before/);
});
