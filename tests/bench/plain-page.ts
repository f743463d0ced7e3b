import { discussionHeading, discussionPath, replyPath, reportPath } from '../../lib/comments/rules';
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, WEBSITE_MAX_CHARACTERS, type CommentNode } from '../../lib/comments/schema';
import { authorPath, categoryPath, postPath, readingMinutes, tagPath } from '../../lib/posts/rules';
import { writtenDate } from '../../lib/site/rules';
import type { SiteView } from '../../lib/site/schema';
import type { PostPage } from './views';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string): string => value.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
const link = (href: string, words: string, more = ''): string => `<a href="${text(href)}"${more}>${text(words)}</a>`;
const time = (at: Date, site: SiteView): string => `<time datetime="${at.toISOString()}">${writtenDate(at, site)}</time>`;

/**
 * The plainest HTML of a post's page: the same texts, ids, links, names, times, landmarks and form, and nothing else:
 * no class, no `data-` attribute, no wrapper, no style, no script. `hiddenFields` are those of the blog's own form.
 */
export function plainPage(page: PostPage, url: string, hiddenFields: Record<string, string>): string {
  const { site, menu, post, more: { previous, next, related }, discussion } = page;
  return [
    `<!DOCTYPE html><html lang="${site.language}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(`${post.title} – ${site.title}`)}</title><meta name="description" content="${text(post.excerpt)}"><link rel="canonical" href="${url}"></head>`,
    `<body><a href="#content">Skip to content</a>`,
    `<header>${link('/', site.title)}<p>${text(site.tagline)}</p><nav aria-label="Pages"><ul>${menu.map(({ href, title }) => `<li>${link(href, title)}</li>`).join('')}</ul></nav></header>`,
    `<main id="content" tabindex="-1"><article aria-labelledby="post-title"><header><h1 id="post-title">${text(post.title)}</h1>`,
    `<p>By ${post.author.slug ? link(authorPath(post.author.slug), post.author.name, ' rel="author"') : text(post.author.name)} ${time(post.publishedAt, site)} ${readingMinutes(post.html)} min read</p></header>`,
    post.html,
    `<footer>${terms('Filed under', post.categories.map(({ slug, name }) => link(categoryPath(slug), name)))}${terms('Tagged', post.tags.map(({ slug, name }) => link(tagPath(slug), name)))}</footer></article>`,
    `<nav aria-label="More posts">${previous ? neighbour('Previous', 'prev', previous) : ''}${next ? neighbour('Next', 'next', next) : ''}${related.length > 0 ? `<section aria-labelledby="related-posts"><h2 id="related-posts">Related posts</h2><ul>${related.map((post) => `<li>${link(postPath({ kind: 'post', slug: post.slug }), post.title)} ${time(post.publishedAt, site)}</li>`).join('')}</ul></section>` : ''}</nav>`,
    `<section id="comments" aria-labelledby="comments-title"><h2 id="comments-title" tabindex="-1">${text(discussionHeading(post.approvedCount, post.title))}</h2>`,
    list(discussion.threads, post.slug, site), '</section>',
    form(post.slug, hiddenFields),
    `</main><footer>${link('/', site.title)}${link('/privacy', 'Privacy')}</footer></body></html>`,
  ].join('');
}

const terms = (label: string, links: string[]): string => (links.length > 0 ? `<p>${label}</p><ul aria-label="${label}">${links.map((one) => `<li>${one}</li>`).join('')}</ul>` : '');
const neighbour = (label: string, rel: string, { slug, title }: { slug: string; title: string }): string => `<a rel="${rel}" href="${postPath({ kind: 'post', slug })}">${label} ${text(title)}</a>`;

const list = (nodes: readonly CommentNode[], slug: string, site: SiteView): string =>
  nodes.length > 0 ? `<ol>${nodes.map((node) => `<li>${node.kind === 'comment' ? comment(node, slug, site) : `<div id="comment-${node.id}"><p>This comment is not shown.</p></div>`}${list(node.replies, slug, site)}</li>`).join('')}</ol>` : '';

function comment(node: Extract<CommentNode, { kind: 'comment' }>, slug: string, site: SiteView): string {
  const { id, name, website, isPostAuthor, createdAt, html, inReplyTo } = node;
  return [
    `<article id="comment-${id}" tabindex="-1"><header>${website ? link(website, name, ' rel="nofollow ugc noopener"') : text(name)}${isPostAuthor ? ' Author' : ''} `,
    `<a href="/comments/${id}">${time(createdAt, site)}</a>${inReplyTo ? ` in reply to ${link(`/comments/${inReplyTo.id}`, inReplyTo.name)}` : ''}</header>`,
    html, `<footer>${link(replyPath(slug, id), `Reply to ${name}`, ' rel="nofollow"')} ${link(reportPath(id), 'Report', ` rel="nofollow" aria-label="${text(`Report the comment by ${name}`)}"`)}</footer></article>`,
  ].join('');
}

function form(slug: string, hiddenFields: Record<string, string>): string {
  const hidden = Object.entries(hiddenFields).map(([name, value]) => `<input type="hidden" name="${text(name)}"${value === '' ? '' : ` value="${text(value)}"`}>`);
  const field = (id: string, label: string, more: string) => `<label for="box-${id}">${label}</label><input id="box-${id}" name="${id}"${more}>`;
  return [
    `<section id="respond" aria-labelledby="respond-title"><h2 id="respond-title" tabindex="-1">Leave a Reply</h2><p hidden>${link(discussionPath({ kind: 'post', slug }, 1), 'Cancel reply')}</p>`,
    `<form method="post" enctype="multipart/form-data" novalidate>${hidden.join('')}`,
    '<label for="box-comment">Comment (required)</label><textarea id="box-comment" name="comment" required rows="5"></textarea><fieldset><legend>Fill in your details below</legend>',
    field('email', 'Email (required)', ` type="email" required maxlength="${EMAIL_MAX_CHARACTERS}" autocomplete="email" aria-describedby="box-email-hint"`), '<p id="box-email-hint">Address never made public</p>',
    field('name', 'Name (required)', ` required maxlength="${NAME_MAX_CHARACTERS}" autocomplete="name"`), field('website', 'Website (optional)', ` type="url" maxlength="${WEBSITE_MAX_CHARACTERS}" autocomplete="url"`),
    '<label><input type="checkbox" name="save" value="on"> Save my name, email and website in this browser</label></fieldset><button>Post Comment</button>',
    `<p>First comments are read by a person before they appear. ${link('/privacy', 'What is kept of what you write')}</p></form></section>`,
  ].join('');
}
