"use strict";
const root = document.documentElement;
const find = (selector, inside = document) => [...inside.querySelectorAll(selector)];

// Without this script the page still shows and saves everything; what needs it appears now.
for (const part of find(".script")) part.hidden = false;

document.getElementById("language").addEventListener("click", () => {
  root.lang = root.lang === "ja" ? "en" : "ja";
});

// Filter: words are looked for in everything a figure says, its table included.
const articles = find("article");
const plain = (text) => text.normalize("NFKC").toLowerCase();
const texts = new Map(articles.map((article) => [article, plain(article.textContent)]));
const chosen = (id) => document.getElementById(id).value;
function filter() {
  const words = plain(chosen("words")).split(/\s+/u).filter(Boolean);
  let shown = 0;
  for (const article of articles) {
    const fits =
      words.every((word) => texts.get(article).includes(word)) &&
      [article.dataset.section, ""].includes(chosen("section")) &&
      [article.dataset.status, ""].includes(chosen("status"));
    article.hidden = !fits;
    document.querySelector(`nav [href="#${article.id}"]`).parentElement.hidden = !fits;
    shown += fits;
  }
  for (const section of find("main > section.figures"))
    section.hidden = !section.querySelector("article:not([hidden])");
  document.getElementById("count").textContent = shown;
}
const form = document.getElementById("filter");
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();  // a reloaded page keeps what was typed

// The SVG that is shown is the one that is saved: it is in the page once.
for (const article of articles)
  article.querySelector("a.svg").href = article.querySelector("img").src;

// A narrow screen gets the narrow drawing. It is in the page packed, and printed is the wide one.
const narrow = matchMedia("screen and (max-width: 40rem)");
async function unpack(picture) {
  const packed = new Blob([bytes(picture.dataset.narrow)]).stream();
  const unpacked = packed.pipeThrough(new DecompressionStream("deflate"));
  const svg = await new Response(unpacked, { headers: { "Content-Type": "image/svg+xml" } }).blob();
  const source = document.createElement("source");
  source.media = narrow.media;
  [source.width, source.height] = picture.dataset.size.split(" ");
  source.srcset = URL.createObjectURL(svg);
  picture.prepend(source);
}
function unpackAll() {
  if (!narrow.matches || !("DecompressionStream" in window)) return;
  narrow.removeEventListener("change", unpackAll);
  find("picture[data-narrow]").forEach(unpack);
}
narrow.addEventListener("change", unpackAll);
unpackAll();

function bytes(address) {
  const text = atob(address.slice(address.indexOf(",") + 1));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
function contents(article, what) {
  if (what === "alt") return { "text/plain": new Blob([article.querySelector("img").alt], { type: "text/plain" }) };
  const png = bytes(article.querySelector("a.png").href);
  return { "image/png": new Blob([png], { type: "image/png" }) };
}
for (const button of find("button[data-copy]"))
  button.addEventListener("click", async () => {
    const article = button.closest("article");
    const said = article.querySelector(".said");
    said.textContent = "";
    let done = "copied";
    try {
      const item = new ClipboardItem(contents(article, button.dataset.copy));
      await navigator.clipboard.write([item]);
    } catch {
      done = "notCopied";
    }
    said.append(document.getElementById(done).content.cloneNode(true));
  });
