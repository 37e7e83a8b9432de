/* Principles that the text points to: named, and picked for the writer where the text says so clearly,
   until they pick themselves. */

/** Return a function that takes the suggestions out of a fragment and shows them at the boxes. */
export function followSuggestions(form) {
  const boxes = form.querySelector("[data-picks]");
  const ticks = [...boxes.querySelectorAll("input[type=checkbox]")];
  let own = form.dataset.origin === "draft" || form.dataset.origin === "held";
  boxes.addEventListener("change", () => {
    own = true;
    limit(ticks, Number(boxes.dataset.most));
  });
  limit(ticks, Number(boxes.dataset.most));
  return (fragment) => {
    const found = new Map();
    const sure = new Set();
    for (const item of fragment.querySelectorAll("[data-principle]")) {
      found.set(item.dataset.principle, item.textContent);
      if ("sure" in item.dataset) sure.add(item.dataset.principle);
    }
    for (const tick of ticks) {
      const why = boxes.querySelector(`[data-why="${tick.value}"]`);
      why.textContent = found.get(tick.value) ?? "";
      why.hidden = !found.has(tick.value);
      if (!own) tick.checked = sure.has(tick.value);
    }
    boxes.querySelector("[data-suggested]").hidden = found.size === 0;
    limit(ticks, Number(boxes.dataset.most));
  };
}

function limit(ticks, most) {
  const full = ticks.filter(({ checked }) => checked).length >= most;
  for (const tick of ticks) tick.disabled = full && !tick.checked;
}
