// What WordPress and its common plugins fill in from elsewhere when they show a page, in words for the owner. Nothing of
// it is in the text, and this blog has no such thing or shows it in its own places.

const words = {
  form: 'a contact form', poll: 'a poll', subscribe: 'a form to subscribe', posts: 'a list of posts', comments: 'a list of comments', map: 'a map',
  share: 'sharing buttons', related: 'related posts', ad: 'an advertisement', pay: 'a form to pay or donate', sitemap: 'a list of all pages',
  search: 'a search form', terms: 'a list of categories or tags', feed: 'entries of a feed', like: 'a like or rating button', event: 'a list of events',
  pictures: 'pictures of another site', shop: 'a list of products', calendar: 'a calendar', person: 'a box about the author', login: 'a form to log in',
};

const table = (lists: Partial<Record<keyof typeof words, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(lists).flatMap(([kind, names]) => names.split(' ').map((name) => [name, words[kind as keyof typeof words]] as const)));

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
export function emptyBlock(name: string): string | null {
  return emptyBlocks.get(name) ?? (/^jetpack\/field-|^woocommerce\//.test(name) ? (name.startsWith('woo') ? words.shop : words.form) : null);
}
