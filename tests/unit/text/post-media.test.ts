import { describe, expect, test } from 'vitest';
import type { OwnMedia } from '../../../lib/text/own-media';
import { postHtml } from '../../../lib/text/post-html';
import type { Attachment } from '../../../lib/text/old-site';

const UP = 'https://old.test/wp-content/uploads/2016/05';
const ID = 'dQw4w9WgXcQ';
const kept: Record<string, OwnMedia> = {
  [`${UP}/1.jpg`]: { path: '/media/1.jpg', kind: 'image', width: 1200, height: 800 },
  [`${UP}/2.jpg`]: { path: '/media/2.jpg', kind: 'image', width: null, height: null },
  [`${UP}/plan.pdf`]: { path: '/media/plan.pdf', kind: 'file', width: null, height: null },
  [`${UP}/a%20walk.mp3`]: { path: '/media/walk.mp3', kind: 'audio', width: null, height: null },
  [`${UP}/film.mp4`]: { path: '/media/film.mp4', kind: 'video', width: 640, height: 360 },
  [`https://i.ytimg.com/vi/${ID}/hqdefault.jpg`]: { path: '/media/yt.jpg', kind: 'image', width: 480, height: 360 },
  'https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F76979871': { path: '/media/vimeo.jpg', kind: 'image', width: 1280, height: 720 },
};
const attachments = new Map<string, Attachment>([
  ['1', { url: `${UP}/1.jpg`, alt: 'Hills', caption: 'At <dusk>' }],
  ['9', { url: 'https://videos.files.wordpress.com/AbC123/film.mp4', alt: '', caption: '' }],
]);
const made = (source: string) => postHtml(source, { media: (address) => kept[address] ?? null, attachments });
const image = (alt = 'A', more = ' width="1200" height="800"') => `<img src="/media/1.jpg" alt="${alt}"${more} loading="lazy">`;

describe('a picture that is ours', () => {
  test.each([
    ['stands in a figure with its real size', `<img src="${UP}/1.jpg" alt="A" width="300" height="9">`, `<figure>${image()}</figure>`],
    ['without a known size keeps the one that was written', `<img src="${UP}/2.jpg" alt="A" width="300" height="200">`, '<figure><img src="/media/2.jpg" alt="A" width="300" height="200" loading="lazy"></figure>'],
    ['in a line of words is as small as the writer made it', `x <img src="${UP}/1.jpg" alt="A" width="24" height="24"> y`, `<p>x ${image('A', ' width="24" height="16"')} y</p>`],
    ['in a line of words is never made larger', `x <img src="${UP}/1.jpg" alt="A" width="9999"> y`, `<p>x ${image()} y</p>`],
    ['leads to our file where it led to its full size', `<a href="${UP}/1.jpg"><img src="${UP}/1-300x200.jpg" alt="A"></a>`, `<figure><a href="/media/1.jpg">${image()}</a></figure>`],
    ['leads to our file where it led to its own page', `<a href="https://old.test/?attachment_id=1" rel="attachment wp-att-1"><img class="wp-image-1" src="${UP}/1-300x200.jpg" alt="A"></a><p></p>`, `<figure><a href="/media/1.jpg">${image()}</a><figcaption>At &lt;dusk></figcaption></figure>`],
    ['leads to another page as it did', `<a href="https://b.test/"><img src="${UP}/1.jpg" alt="A"></a>`, `<figure><a href="https://b.test/" rel="noopener">${image()}</a></figure>`],
    ['leads nowhere where only the small one is left', `<a href="${UP}/gone.jpg"><img src="${UP}/1.jpg" alt="A"></a>`, `<figure>${image()}</figure>`],
    ['without words gives its link a name', `<a href="${UP}/1.jpg"><img src="${UP}/1.jpg" alt=""></a>`, `<figure><a href="/media/1.jpg" aria-label="The whole picture">${image('')}</a></figure>`],
    ['without words gives a link abroad the name of its host', `<a href="https://b.test/x"><img src="${UP}/1.jpg" alt=""></a>`, `<figure><a href="https://b.test/x" rel="noopener" aria-label="Leads to b.test">${image('')}</a></figure>`],
    ['has the words it was uploaded with where the text has none', '<img class="wp-image-1" src="https://old.test/x-150x150.jpg">', `<figure>${image('Hills')}<figcaption>At &lt;dusk></figcaption></figure>`],
    ['keeps the words of the text', '[caption align="alignright"]<img class="wp-image-1" src="https://old.test/x.jpg" alt="A"> <em>Ours</em>[/caption]', `<figure class="alignright">${image()}<figcaption><em>Ours</em></figcaption></figure>`],
    ['stands among lines of text', `a\n<img class="alignleft" src="${UP}/1.jpg" alt="A">\nb`, `<p>a</p>\n<figure class="alignleft">${image()}</figure>\n<p>b</p>`],
    ['stands beside one that is not', `<img src="${UP}/1.jpg" alt="A"> <img src="${UP}/gone.jpg" alt="B">`, `<figure>${image()}</figure>\n<figure class="remote-picture"><a class="picture-link" href="${UP}/gone.jpg" rel="nofollow noopener"><span>Picture: B</span> <small>at old.test</small></a></figure>`],
  ])('%s', (_, source, html) => expect(made(source).html).toBe(html));

  test('is found from a relative address only where the post’s own is known', () => {
    const source = '<img src="../../wp-content/uploads/2016/05/1.jpg" alt="A">';
    const media = (address: string) => kept[address] ?? null;
    expect(postHtml(source, { media, address: 'https://old.test/2016/05/a-post/' }).html).not.toContain('/media/');
    expect(postHtml(source, { media, address: 'https://old.test/2016/a-post/' }).html).toBe(`<figure>${image()}</figure>`);
    expect(postHtml(source, { media }).html).not.toContain('/media/');
  });

  test('that lies about where it is kept is not shown', () => {
    for (const path of ['https://evil.test/x.jpg', '/media/../x', '//evil.test/media/x.jpg', '/media/a b.jpg']) {
      const { html } = postHtml(`<img src="${UP}/1.jpg"><video src="${UP}/1.jpg" poster="${UP}/1.jpg"></video>`, { media: () => ({ path, kind: 'image', width: 1, height: 1 }) });
      expect(html).not.toMatch(/<(?:img|video|audio)/);
    }
  });
});

describe('a gallery', () => {
  const two = `<figure><a href="/media/1.jpg">${image('Hills')}</a><figcaption>At &lt;dusk></figcaption></figure><figure><a href="/media/2.jpg" aria-label="The whole picture"><img src="/media/2.jpg" alt="" loading="lazy"></a></figure>`;
  const uploaded = new Map<string, Attachment>([
    ['1', { url: `${UP}/1.jpg`, alt: 'Hills', caption: 'At <dusk>', attached: true }], ['2', { url: `${UP}/2.jpg`, alt: '', caption: '', attached: true }],
  ]);
  const gallery = (source: string) => postHtml(source, { media: (address) => kept[address] ?? null, attachments: uploaded }).html;

  test.each([
    ['of named pictures', '[gallery ids="1,2" columns="2"]', `<figure class="gallery columns-2">${two}</figure>`],
    ['of what was uploaded to the post', '[gallery]', `<figure class="gallery">${two}</figure>`],
    ['without one', '[gallery exclude="1" link="none"]', '<figure><img src="/media/2.jpg" alt="" loading="lazy"></figure>'],
    ['in blocks', `<!-- wp:gallery --><figure class="wp-block-gallery has-nested-images columns-3 is-cropped"><!-- wp:image --><figure class="wp-block-image"><img src="${UP}/1.jpg" alt="A"/></figure><!-- /wp:image -->\n\n<!-- wp:image --><figure class="wp-block-image"><img src="${UP}/1.jpg" alt="A"/><figcaption class="wp-element-caption">c</figcaption></figure><!-- /wp:image --><figcaption class="blocks-gallery-caption">all</figcaption></figure><!-- /wp:gallery -->`, `<figure class="columns-3 gallery"><figure>${image()}</figure><figure>${image()}<figcaption>c</figcaption></figure><figcaption>all</figcaption></figure>`],
    ['in the first blocks', `<ul class="wp-block-gallery columns-2"><li class="blocks-gallery-item"><figure><img src="${UP}/1.jpg" alt="A"/></figure></li><li class="blocks-gallery-item"><figure><img src="${UP}/1.jpg" alt="A"/></figure></li></ul>`, `<figure class="columns-2 gallery"><figure>${image()}</figure><figure>${image()}</figure></figure>`],
    ['in classic HTML', `<div class="gallery gallery-columns-3"><dl class="gallery-item"><dt class="gallery-icon"><img src="${UP}/1.jpg" alt="A"></dt><dd class="wp-caption-text gallery-caption">c</dd></dl><dl class="gallery-item"><dt><img src="${UP}/1.jpg" alt="A"></dt></dl><br style="clear:both"></div>`, `<figure class="gallery columns-3"><figure>${image()}<figcaption>c</figcaption></figure><figure>${image()}</figure></figure>`],
    ['in tiles', `<div class="wp-block-jetpack-tiled-gallery"><div class="tiled-gallery__gallery"><div class="tiled-gallery__row"><figure class="tiled-gallery__item"><img src="${UP}/1.jpg" alt="A"></figure><figure class="tiled-gallery__item"><img src="${UP}/1.jpg" alt="A"></figure></div></div></div>`, `<figure class="gallery"><figure>${image()}</figure><figure>${image()}</figure></figure>`],
    ['that is no gallery but words', `<div class="gallery"><p>x</p><img src="${UP}/1.jpg" alt="A"></div>`, `<div class="gallery"><p>x</p><figure>${image()}</figure></div>`],
  ])('%s', (_, source, html) => expect(gallery(source)).toBe(html));
});

describe('sounds and films that are ours', () => {
  const audio = '<audio controls preload="none" src="/media/walk.mp3"></audio>';
  const video = (more = '') => `<video controls preload="none" src="/media/film.mp4"${more} width="640" height="360"></video>`;
  const link = (href: string, words: string) => `<a href="/media/${href}">${words}</a>`;
  test.each([
    ['[audio]', `[audio src="${UP}/a walk.mp3"]`, `<figure class="audio">${audio}<figcaption>${link('walk.mp3', 'Audio: a walk.mp3')}</figcaption></figure>`],
    ['an audio block', `<figure class="wp-block-audio"><audio controls autoplay loop src="${UP}/a walk.mp3"></audio><figcaption>By <em>her</em></figcaption></figure>`, `<figure class="audio">${audio}<figcaption>By <em>her</em> ${link('walk.mp3', 'Audio: a walk.mp3')}</figcaption></figure>`],
    ['[video]', `[video webm="${UP}/gone.webm" mp4="${UP}/film.mp4" poster="${UP}/1.jpg" width="1" height="2"][/video]`, `<figure class="film">${video(' poster="/media/1.jpg"')}<figcaption>${link('film.mp4', 'Video: film.mp4')}</figcaption></figure>`],
    ['a film whose poster is elsewhere', `<video autoplay src="${UP}/film.mp4" poster="https://evil.test/p.png"><track src="https://evil.test/t"></video>`, `<figure class="film">${video()}<figcaption>${link('film.mp4', 'Video: film.mp4')}</figcaption></figure>`],
    ['a film alone on its line', `a\n\n${UP}/film.mp4\n\nb`, `<p>a</p>\n<figure class="film">${video()}<figcaption>${link('film.mp4', 'Video: film.mp4')}</figcaption></figure>\n<p>b</p>`],
    ['one that is not ours', `[audio src="${UP}/gone.mp3"]`, `<p><a href="${UP}/gone.mp3" rel="noopener">Audio: gone.mp3</a></p>`],
  ])('%s', (_, source, html) => expect(made(source).html).toBe(html));
});

describe('a video of another site', () => {
  const figure = (player: string, watch: string, service: string, preview = '') =>
    `<figure class="video"><a class="load-video" data-load="video" data-player="${player}" href="${watch}" rel="nofollow noopener">${preview}<span>Play video on ${service}</span></a></figure>`;
  test.each([
    ['of YouTube', `https://youtu.be/${ID}`, figure(`https://www.youtube-nocookie.com/embed/${ID}`, `https://www.youtube.com/watch?v=${ID}`, 'YouTube', '<img src="/media/yt.jpg" alt="" width="480" height="360" loading="lazy">')],
    ['of Vimeo', '[vimeo 76979871]', figure('https://player.vimeo.com/video/76979871', 'https://vimeo.com/76979871', 'Vimeo', '<img src="/media/vimeo.jpg" alt="" width="1280" height="720" loading="lazy">')],
    ['without a preview of ours', '[vimeo 12345]', figure('https://player.vimeo.com/video/12345', 'https://vimeo.com/12345', 'Vimeo')],
  ])('%s shows the preview picture that we keep', (_, source, html) => expect(made(source).html).toBe(html));

  test('shows no preview from elsewhere, whoever wrote it', () => {
    const written = figure(`https://www.youtube-nocookie.com/embed/${ID}`, `https://www.youtube.com/watch?v=${ID}`, 'YouTube', '<img src="https://evil.test/p.png">');
    expect(postHtml(written).html).not.toContain('<img');
  });
});

test('links to files that are ours lead there, and no other', () => {
  expect(made(`<a href="${UP}/plan.pdf#page=2">The plan</a>, <a href="${UP}/gone.pdf">gone</a>, <a href="https://old.test/about">about</a>`).html)
    .toBe(`<p><a href="/media/plan.pdf">The plan</a>, <a href="${UP}/gone.pdf" rel="noopener">gone</a>, <a href="https://old.test/about" rel="noopener">about</a></p>`);
});

describe('what a post wants', () => {
  const wanted = (source: string) => made(source).wanted.map(({ kind, addresses }) => [kind, ...addresses]);
  test.each([
    ['the full size first, the picture as written last', `<a href="${UP}/full.jpg"><img class="wp-image-1" src="${UP}/1-300x200.jpg" data-orig-file="${UP}/orig.jpg" data-src="${UP}/lazy.jpg" srcset="${UP}/s.jpg 300w, ${UP}/l.jpg 900w"></a>`, [['picture', ...['full', '1', 'orig', 'l', 'lazy', '1-300x200'].map((name) => `${UP}/${name}.jpg`)]]],
    ['each picture once', `<img src="${UP}/1.jpg"> x <img src="${UP}/1.jpg"> <a href="${UP}/1.jpg">here</a>`, [['picture', `${UP}/1.jpg`]]],
    ['pictures on other hosts, too', '<img src="//cdn.test/a.png">', [['picture', 'https://cdn.test/a.png']]],
    ['covers and backgrounds', '<div class="wp-block-cover" style="background-image:url(https://old.test/c.jpg);min-height:9px"><p>x</p></div>', [['picture', 'https://old.test/c.jpg']]],
    ['no smileys, counters and stand-ins', '<img class="wp-smiley" src="https://s.test/i.gif" alt=":)"><img src="https://pixel.wp.com/b.gif"><img src="https://t.test/x.gif" width="1" height="1"><img src="https://t.test/blank.gif"><img src="data:image/png;base64,AA">', []],
    ['recordings in every form', `[video mp4="${UP}/a.mp4" webm="${UP}/a.webm" poster="${UP}/p.jpg"]`, [['file', `${UP}/a.mp4`, `${UP}/a.webm`], ['picture', `${UP}/p.jpg`]]],
    ['films of WordPress.com whose file is known', '[wpvideo AbC123] [wpvideo Unknown1]', [['file', 'https://videos.files.wordpress.com/AbC123/film.mp4']]],
    ['uploaded files that are linked, and nothing else that is', `<a href="${UP}/a.pdf">a</a> <a href="https://blog.files.wordpress.com/2012/01/b.doc">b</a> <a href="http://blog.wordpress.com/files/2008/05/c.png">c</a> <a href="https://other.test/d.pdf">d</a> <a href="https://old.test/page">e</a>`, [['file', `${UP}/a.pdf`], ['file', 'https://blog.files.wordpress.com/2012/01/b.doc'], ['picture', 'http://blog.wordpress.com/files/2008/05/c.png']]],
    ['previews of videos', `https://youtu.be/${ID}`, [['preview', `https://i.ytimg.com/vi/${ID}/maxresdefault.jpg`, `https://i.ytimg.com/vi/${ID}/hqdefault.jpg`]]],
  ])('%s', (_, source, expected) => expect(wanted(source)).toEqual(expected));

  test('says how a picture is to be told in words', () => {
    expect(made('<img class="wp-image-1" src="https://old.test/x.jpg">').wanted).toMatchObject([{ alt: 'Hills' }]);
  });
});
