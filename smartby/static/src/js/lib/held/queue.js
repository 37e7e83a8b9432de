/* What could not be sent waits in the browser, with the key that makes it happen once: 50 at most, for
   ten minutes. */

const LIFE_MS = 10 * 60 * 1000;
const MOST = 50;

/** A queue for one page, kept over reloads. */
export function queueOf(name) {
  const place = `smartby-queue-${name}`;
  const read = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(place) ?? "[]");
      return kept.filter(({ at }) => Date.now() - at < LIFE_MS);
    } catch {
      return [];
    }
  };
  const write = (items) => sessionStorage.setItem(place, JSON.stringify(items));
  return {
    all: read,
    add(fields) {
      const items = read();
      if (items.length >= MOST) return false;
      write([...items, { fields, at: Date.now() }]);
      return true;
    },
    drop(key) {
      write(read().filter(({ fields }) => fields.key !== key));
    },
  };
}
