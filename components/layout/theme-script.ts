/**
 * Runs before first paint: the theme a reader chose by the switch, if any. The server allows exactly this text by its hash.
 * Storage may be forbidden; then the system's theme stands.
 */
export const THEME_SCRIPT =
  "try{var t=localStorage.getItem('theme');if(t==='dark'||t==='light')document.documentElement.dataset.theme=t}catch(e){}";
