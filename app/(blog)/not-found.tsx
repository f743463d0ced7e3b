import MissingDocument from './missing/page';

/** What development shows for a 404; in production the server sends `/missing`. */
export default function NotFound() {
  return <MissingDocument />;
}
