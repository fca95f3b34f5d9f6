/* Keeps what is typed into an entry form: every half minute when something has changed, and when one leaves. */
(() => {
  "use strict";
  const LONGEST_MS = 600_000;
  const box = document.querySelector("[data-autosave]");
  const form = box && box.closest("form");
  if (!form) return;
  const status = box.querySelector("[data-autosave-status]");
  const every = Number(box.dataset.every) * 1000;
  let wait = every, touched = false, busy = false, over = false, timer = 0, kept = content().toString();

  function content() {
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const body = new URLSearchParams(typed);
    body.set("instead", box.dataset.instead);
    body.set("auto", "1");
    return body;
  }

  function later() {
    clearTimeout(timer);
    if (!over) timer = setTimeout(keep, wait);
  }

  async function keep() {
    const body = content();
    if (over || busy || !touched || body.toString() === kept) { later(); return; }
    busy = true;
    try {
      const answer = await fetch(box.dataset.url, {
        method: "POST", body, redirect: "error", headers: { Accept: "application/json" },
      });
      const said = await answer.json();
      status.textContent = said.text;
      over = Boolean(said.over);
      kept = body.toString(); // also what was refused: the same is not sent again
      wait = every;
    } catch {
      status.textContent = "Chưa lưu nháp được: mất kết nối hoặc hết phiên đăng nhập. Sẽ thử lại.";
      wait = Math.min(wait * 2, LONGEST_MS); // a weak line is not asked again and again
    }
    busy = false;
    later();
  }

  function leave() {
    const body = content();
    if (over || !touched || body.toString() === kept) return;
    if (navigator.sendBeacon(box.dataset.url, body)) kept = body.toString();
  }

  const touch = () => { touched = true; };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", () => { over = true; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { over = false; later(); } });
  later();
})();
