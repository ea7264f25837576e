/**
 * The element `<kakugen-checker>`: brings the form that stands in the page to life.
 *
 * Every page loads this module, so it does as little as it can: it watches for the first sign that a reader
 * means to ask and only then imports the rest. It holds what must not wait for that import: a dropped file must
 * not replace the page, and nothing pasted or submitted meanwhile may be lost.
 *
 * @typedef {import("./types.js").Attendant} Attendant
 */

/** Signs of a reader who may ask; not enough where data is to be saved. */
const GLANCES = ["pointerenter", "focusin", "pointerdown", "touchstart"];
const SIGNS = ["paste", "input", "dragenter"];
const HANDLED = [...GLANCES, ...SIGNS, "dragover", "dragleave", "drop", "submit", "keydown", "change", "click"];

/** What brings something into the form. */
const ENTERING = ["paste", "input", "drop", "change"];

/** How many left pages are kept, each with what its reader typed and was told. */
const KEPT = 4;

/**
 * Checkers of pages that instant navigation has left, by page and place: who comes back finds the page as it was.
 * Held in memory only, so it ends with the tab.
 *
 * @type {Map<string, KakugenChecker>}
 */
const left = new Map();

/** Counts failed imports: browsers may remember a failed address for as long as the page stands. */
let attempt = 0;

export class KakugenChecker extends HTMLElement {
  /** @type {Promise<Attendant> | undefined} */
  #conversation;
  /** @type {AbortController | undefined} */
  #listening;
  /** When something was entered that the conversation has not been told of yet. @type {number | undefined} */
  #entered;
  #catalog = "";
  #place = "";

  connectedCallback() {
    // Made whole while the page stands: instant navigation may have left it before the conversation is loaded.
    this.dataset.root = new URL(this.dataset.root ?? ".", document.baseURI).href.replace(/\/$/, "");
    this.#listening = new AbortController();
    for (const name of HANDLED) {
      // Scrolling must not wait for a listener that never prevents it.
      this.addEventListener(name, this, { signal: this.#listening.signal, passive: name === "touchstart" });
    }
    // Taken out of the page: Material's instant navigation runs scripts again without their type, as JavaScript.
    const catalog = this.querySelector("script[data-catalog]");
    if (catalog) {
      this.#catalog = catalog.textContent ?? "";
      catalog.remove();
    }
    const twins = [...document.querySelectorAll("kakugen-checker")];
    this.#place = `${location.pathname} ${this.getAttribute("checker")} ${twins.indexOf(this)}`;
    const before = left.get(this.#place);
    left.delete(this.#place);
    if (before && before !== this) this.#takeOver(before);
    for (const button of this.querySelectorAll("button")) button.disabled = false;
    if (isExpected(this.getAttribute("checker"))) this.arrive();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    if (!this.#conversation) return;
    left.set(this.#place, this);
    for (const place of [...left.keys()].slice(0, -KEPT)) left.delete(place);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type } = event;
    if (SIGNS.includes(type) || (GLANCES.includes(type) && !isSavingData())) {
      this.#tell((conversation) => conversation.wake());
    }
    if (ENTERING.includes(type)) this.#enter(event.timeStamp);
    switch (type) {
      case "paste":
        this.#paste(/** @type {ClipboardEvent} */ (event));
        break;
      case "dragenter":
      case "dragover":
        if (!/** @type {DragEvent} */ (event).dataTransfer?.types.includes("Files")) break;
        event.preventDefault();
        this.toggleAttribute("data-dragging", true);
        break;
      case "dragleave":
        this.#dragLeave(/** @type {DragEvent} */ (event));
        break;
      case "drop":
        this.toggleAttribute("data-dragging", false);
        this.#files(event, /** @type {DragEvent} */ (event).dataTransfer);
        break;
      case "change":
        this.#chosen(event);
        break;
      case "click": {
        const button = event.target instanceof Element && event.target.closest("[data-press]");
        if (button) this.#tell((conversation) => conversation.press(button));
        break;
      }
      case "submit":
        event.preventDefault();
        this.ask();
        break;
      case "keydown": {
        const { key, ctrlKey, metaKey, isComposing } = /** @type {KeyboardEvent} */ (event);
        if (key === "Enter" && (ctrlKey || metaKey) && !isComposing && inForm(event)) this.ask();
      }
    }
  }

  /** Answer what stands in the form, as the button does. */
  ask() {
    this.#tell((conversation) => conversation.ask());
  }

  /** Take over what another checker has handed on. */
  arrive() {
    this.#tell((conversation) => conversation.arrive());
  }

  /** @param {number} now */
  #enter(now) {
    const at = (this.#entered ??= now);
    this.#tell((conversation) => {
      conversation.entered(at);
      this.#entered = undefined;
    });
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const { target, clipboardData } = event;
    if (clipboardData?.files.length && !clipboardData.types.includes("text/plain")) {
      this.#files(event, clipboardData);
    } else if (target instanceof HTMLTextAreaElement && target.name && !target.value.trim()) {
      // The text arrives in the box after this event. A whole form is not asked before it is complete.
      setTimeout(() => {
        if (target.value.trim() && target.form?.checkValidity()) this.ask();
      });
    }
  }

  /**
   * @param {Event} event
   * @param {DataTransfer | null} transfer
   */
  #files(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#attach(files, fieldOf(event));
  }

  /** @param {Event} event */
  #chosen(event) {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.type !== "file" || !target.files?.length) return;
    const files = [...target.files];
    target.value = ""; // the chip stands for the file now, and the same file may be chosen again
    this.#attach(files, fieldOf(event));
  }

  /**
   * @param {File[]} files
   * @param {string | null} field
   */
  #attach(files, field) {
    this.#tell((conversation) => conversation.attach(files, field));
  }

  /** @param {DragEvent} event */
  #dragLeave(event) {
    if (!this.contains(/** @type {Node | null} */ (event.relatedTarget))) {
      this.toggleAttribute("data-dragging", false);
    }
  }

  /** @param {(attendant: Attendant) => void} what */
  #tell(what) {
    this.#conversation ??= this.#open();
    this.#conversation.then(what, () => {});
  }

  async #open() {
    const broken = this.querySelector("[data-broken]");
    broken?.toggleAttribute("hidden", true);
    const again = attempt ? `?again=${attempt}` : "";
    try {
      /** @type {typeof import("./conversation.js")} */
      const module = await import(`./conversation.js${again}`);
      return await module.open(this, this.#catalog);
    } catch (error) {
      attempt += 1;
      this.#conversation = undefined;
      this.dataset.state = "failed";
      broken?.toggleAttribute("hidden", false);
      throw error;
    }
  }

  /** @param {KakugenChecker} before the element that stood here when the reader left this page */
  #takeOver(before) {
    this.#catalog = before.#catalog;
    this.#conversation = before.#conversation;
    this.replaceChildren(...before.childNodes);
    this.dataset.state = before.dataset.state;
    this.#conversation?.then((conversation) => conversation.move(this), () => {});
  }
}

/**
 * @param {string | null} checker
 * @returns {boolean} whether another checker has handed something on to this one; `handover.js` says how
 */
function isExpected(checker) {
  try {
    return sessionStorage.getItem(`kakugen-handover:${checker}`) !== null;
  } catch {
    return false; // the browser forbids storage
  }
}

/** Whether the reader asks to be spared what is not needed. Only some browsers tell. */
export function isSavingData() {
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (/** @type {unknown} */ (navigator));
  return connection?.saveData === true;
}

/** @param {Event} event */
function inForm(event) {
  return event.target instanceof Element && event.target.closest(".kakugen-form") !== null;
}

/**
 * @param {Event} event
 * @returns {string | null} the id of the field that it happened in
 */
function fieldOf(event) {
  const field = event.target instanceof Element ? event.target.closest("[data-field]") : null;
  return field?.getAttribute("data-field") ?? null;
}

if (!customElements.get("kakugen-checker")) customElements.define("kakugen-checker", KakugenChecker);
