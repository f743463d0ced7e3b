// What WordPress and its common plugins fill in from elsewhere when they show a page. Nothing of it is in the
// text, and this blog has no such thing or shows it in its own places.

/** What it is, as the owner is told: `posts.unusable` in the catalogue. */
export type UnusablePart =
  | 'form' | 'poll' | 'subscribe' | 'posts' | 'comments' | 'map' | 'share' | 'related' | 'ad' | 'pay' | 'sitemap' | 'search' | 'terms' | 'feed' | 'like' | 'event'
  | 'pictures' | 'shop' | 'calendar' | 'person' | 'theme' | 'login';

const table = (lists: Partial<Record<UnusablePart, string>>): ReadonlyMap<string, UnusablePart> =>
  new Map(Object.entries(lists).flatMap(([part, names]) => names.split(' ').map((name) => [name, part as UnusablePart] as const)));

/** Shortcodes that become nothing, and what the owner is told stood there. */
export const emptyShortcodes = table({
  form: 'contact-form contact-field contact_form contact-form-7 wpforms gravityform gravityforms ninja_form ninja_forms formidable wufoo caldera_form fluentform forminator_form',
  poll: 'polldaddy crowdsignal yop_poll totalpoll sodahead',
  subscribe: 'subscribe blog_subscription_form jetpack_subscription_form subscribe2 mailchimp_subscriber_popup mc4wp_form newsletter_form mailpoet_form',
  posts: 'recent_posts recent-posts display-posts archives catlist',
  comments: 'recent_comments recent-comments',
  sitemap: 'sitemap wp_sitemap_page simple-sitemap',
  related: 'jetpack-related-posts related_posts related-posts crp yarpp manual_related_posts',
  share: 'sharing tweetmeme addtoany sharethis ssba simplesocial fbshare facebooklike',
  ad: 'adsense wordads adrotate quads googleads',
  pay: 'simple-payment give_form wp_cart_button',
  event: 'upcomingevents tribe_events events_list eventbrite',
  like: 'jetpack_likes wp_ulike kkstarratings',
  pictures: 'instagram-feed instagram_feed jetpack_instagram_gallery flickr-gallery',
  shop: 'product_category featured_products recent_products',
  login: 'loginout wp_login_form members_login_form',
});

/** The same for blocks, without `core/`. */
const emptyBlocks = table({
  form: 'jetpack/contact-form jetpack/label jetpack/input jetpack/option jetpack/options jetpack/phone-input jetpack/button contact-form-7/contact-form-selector wpforms/form-selector gravityforms/form ninja-forms/form',
  poll: 'crowdsignal-forms/poll crowdsignal-forms/vote crowdsignal-forms/vote-item crowdsignal-forms/nps crowdsignal-forms/feedback crowdsignal-forms/applause jetpack/poll',
  subscribe: 'jetpack/subscriptions jetpack/mailchimp mailpoet/subscription-form-block jetpack/subscriber-login',
  posts: 'latest-posts archives query a8c/blog-posts newspack-blocks/homepage-articles jetpack/top-posts',
  comments: 'latest-comments comments comments-query-loop post-comments',
  map: 'jetpack/map',
  terms: 'categories tag-cloud post-terms',
  search: 'search jetpack/jetpack-search',
  feed: 'rss',
  sitemap: 'page-list navigation',
  related: 'jetpack/related-posts',
  share: 'jetpack/sharing-buttons jetpack/sharing-button jetpack/send-a-message',
  like: 'jetpack/like jetpack/rating-star',
  ad: 'jetpack/wordads jetpack/ad',
  pay: 'jetpack/simple-payments jetpack/donations jetpack/recurring-payments jetpack/payment-buttons premium-content/container jetpack/paywall',
  event: 'jetpack/eventbrite',
  pictures: 'jetpack/instagram-gallery',
  calendar: 'calendar',
  person: 'post-author post-author-biography avatar jetpack/blogging-prompt',
  login: 'loginout',
});

/** What stood where a block is that WordPress fills in; null when nothing is known of it. */
export function emptyBlock(name: string): UnusablePart | null {
  const byName = ([[/^jetpack\/field-/, 'form'], [/^woocommerce\//, 'shop'], [/^(?:post|comments?|query|site|term|template)-|^read-more$/, 'theme']] as const)
    .find(([pattern]) => pattern.test(name));
  return emptyBlocks.get(name) ?? byName?.[1] ?? null;
}
