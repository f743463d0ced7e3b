import MissingDocument from './missing/page';

/** What development shows for a 404. In production the server sends `/missing`, and Next would render this, its query and all, beside every page. */
export default function NotFound() {
  return process.env.NODE_ENV === 'development' ? <MissingDocument /> : null;
}
