// Looks closer at a space-time diagram: the wheel and the keyboard zoom, dragging moves. The names of the lanes and the
// times of the axis stay in sight.

const zoomStep = 1.25;
const mostZoom = 40;

/** @param {HTMLElement} frame holds the SVG, which the server draws anew */
export function start(frame) {
  let svg = null;
  let whole = null; // what fits the width of the frame: the least zoom
  let view = null;
  let drag = null;

  const attach = () => {
    const found = frame.querySelector("svg");
    if (!found || found === svg) return;
    svg = found;
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("preserveAspectRatio", "xMidYMin meet");
    whole = { width, height };
    reset();
  };

  const shape = () => (frame.clientHeight || 1) / (frame.clientWidth || 1);

  const reset = () => {
    view = { x: 0, y: 0, width: whole.width };
    apply();
  };

  const apply = () => {
    if (!svg) return;
    view.width = Math.min(Math.max(view.width, whole.width / mostZoom), whole.width);
    const height = view.width * shape();
    view.x = Math.min(Math.max(view.x, 0), whole.width - view.width);
    view.y = Math.min(Math.max(view.y, 0), Math.max(whole.height - height, 0));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${height}`);
    stick(".names", 0, view.y);
    stick(".times", view.x, 0);
  };

  // A group that would leave the view is moved along with it.
  const stick = (selector, x, y) => {
    const group = svg.querySelector(selector);
    if (!group) return;
    const { left, top } = { left: Number(group.dataset.x ?? 0), top: Number(group.dataset.y ?? 0) };
    group.setAttribute("transform", `translate(${Math.max(0, x - left)} ${Math.max(0, y - top)})`);
  };

  const zoom = (factor, at) => {
    const width = view.width / factor;
    const bounded = Math.min(Math.max(width, whole.width / mostZoom), whole.width);
    const point = at ?? { x: 0.5, y: 0.5 };
    view.x += (view.width - bounded) * point.x;
    view.y += (view.width - bounded) * shape() * point.y;
    view.width = bounded;
    apply();
  };

  const pan = (x, y) => {
    view.x += x * view.width;
    view.y += y * view.width * shape();
    apply();
  };

  const onWheel = event => {
    if (!svg) return;
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    zoom(event.deltaY < 0 ? zoomStep : 1 / zoomStep, at);
  };

  const onDown = event => {
    if (!svg || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY };
    frame.setPointerCapture(event.pointerId);
    frame.classList.add("dragging");
  };

  const onMove = event => {
    if (!drag) return;
    pan((drag.x - event.clientX) / frame.clientWidth, (drag.y - event.clientY) / frame.clientHeight);
    drag = { x: event.clientX, y: event.clientY };
  };

  const onUp = () => {
    drag = null;
    frame.classList.remove("dragging");
  };

  const keys = {
    "+": () => zoom(zoomStep),
    "=": () => zoom(zoomStep),
    "-": () => zoom(1 / zoomStep),
    0: () => reset(),
    Home: () => reset(),
    ArrowLeft: () => pan(-0.1, 0),
    ArrowRight: () => pan(0.1, 0),
    ArrowUp: () => pan(0, -0.1),
    ArrowDown: () => pan(0, 0.1),
    PageUp: () => pan(0, -0.8),
    PageDown: () => pan(0, 0.8),
  };

  const onKey = event => {
    const act = keys[event.key];
    if (!svg || !act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  frame.addEventListener("wheel", onWheel, { passive: false });
  frame.addEventListener("pointerdown", onDown);
  frame.addEventListener("pointermove", onMove);
  frame.addEventListener("pointerup", onUp);
  frame.addEventListener("pointercancel", onUp);
  frame.addEventListener("keydown", onKey);
  const sizes = new ResizeObserver(() => {
    if (svg) apply();
  });
  sizes.observe(frame);
  attach();

  return {
    drawn: attach,
    zoomIn: () => svg && zoom(zoomStep),
    zoomOut: () => svg && zoom(1 / zoomStep),
    whole: () => svg && reset(),
    save(text, name) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    stop() {
      sizes.disconnect();
      frame.removeEventListener("wheel", onWheel);
      frame.removeEventListener("pointerdown", onDown);
      frame.removeEventListener("pointermove", onMove);
      frame.removeEventListener("pointerup", onUp);
      frame.removeEventListener("pointercancel", onUp);
      frame.removeEventListener("keydown", onKey);
    },
  };
}
