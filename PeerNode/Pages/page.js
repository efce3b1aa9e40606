const node = document.getElementById("node");
async function refresh() {
  try {
    const answer = await fetch("/fragment");
    if (answer.ok) {
      const scrolled = [...node.querySelectorAll(".scroll")].map((part) => part.scrollLeft);
      node.innerHTML = await answer.text();
      node.querySelectorAll(".scroll").forEach((part, i) => { part.scrollLeft = scrolled[i] ?? 0; });
    }
    document.body.classList.toggle("lost", !answer.ok);
  } catch {
    document.body.classList.add("lost");
  }
  setTimeout(refresh, 2000);
}
setTimeout(refresh, 2000);
