/* What has just come stands out, until the reader has had it in view for a while. */
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    setTimeout(() => delete target.dataset.state, 6000);
  }
});

/** Mark what just came, until the reader has had it in view for six seconds. */
export function markArrived(fresh) {
  fresh.dataset.state = "arrived";
  seen.observe(fresh);
}
