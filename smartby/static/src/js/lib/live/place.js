/* Where something belongs in its list: first, last, or by its `data-order` ("ordered"). */

/** Put an element into a list. */
export function put(list, fresh, place) {
  if (place === "first") list.prepend(fresh);
  else if (place === "ordered") list.insertBefore(fresh, follower(list, fresh));
  else list.append(fresh);
}

/** Tell whether what is drawn anew stands where it stood. */
export function stays(old, fresh, list) {
  return old.parentElement?.id === list && old.dataset.order === fresh.dataset.order;
}

function follower(list, { dataset: { order } }) {
  return [...list.children].find(({ dataset }) => dataset.order > order) ?? null;
}
