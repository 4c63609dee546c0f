/* What waits on this device for a connection is sealed with a key that comes with the page and is
   kept nowhere: who finds it here without the page reads nothing. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (each) => String.fromCharCode(each)).join(""));
  const only = (error) => {
    if (!(error instanceof DOMException)) throw error;
  };

  /* The storage of this device, or null where it is switched off. */
  const storage = (() => {
    try {
      return localStorage;
    } catch (error) {
      only(error);
      return null;
    }
  })();

  /* Whoever seals with this key, or null: browsers seal only over https. */
  globalThis.sealWith = (key) => {
    if (!storage || !key || !crypto.subtle) return null;
    const made = crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
    return {
      /* What can be stored of a value. */
      close: async (value) => {
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const told = new TextEncoder().encode(JSON.stringify(value));
        const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await made, told);
        return JSON.stringify({ at: Date.now(), iv: text(iv), sealed: text(sealed) });
      },
      /* The value of what was stored; null where another key sealed it: nobody reads it any more. */
      open: async (stored) => {
        const kept = JSON.parse(stored);
        try {
          const told = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(kept.iv) }, await made, bytes(kept.sealed));
          return JSON.parse(new TextDecoder().decode(told));
        } catch (error) {
          only(error);
          return null;
        }
      },
    };
  };

  globalThis.shelf = {
    names: (start) => Object.keys(storage || {}).filter((name) => name.startsWith(start)),
    read: (name) => storage && storage.getItem(name),
    wipe: (name) => storage && storage.removeItem(name),
    /* Whether there was room. */
    put: (name, sealed) => {
      try {
        storage.setItem(name, sealed);
        return true;
      } catch (error) {
        only(error);
        return false;
      }
    },
    /* Away with what has waited for longer. */
    wipeOlder: (start, milliseconds) => {
      for (const name of globalThis.shelf.names(start)) {
        if (Date.now() - JSON.parse(storage.getItem(name)).at >= milliseconds) storage.removeItem(name);
      }
    },
  };
})();
