// Light or dark: as the system says, or as was chosen here. Runs before the page is painted, so that it does not flash.
(() => {
  const choices = ["auto", "light", "dark"];
  const root = document.documentElement;

  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // Storage is switched off: the choice lasts as long as the page.
    }
  };

  const apply = choice => {
    root.dataset.theme = choice;
    for (const name of ["light", "dark"]) {
      const link = document.getElementById(`theme-${name}`);
      if (!link) continue;
      link.media = choice === "auto" ? `(prefers-color-scheme: ${name})` : choice === name ? "all" : "not all";
    }
  };

  const first = stored();
  apply(choices.includes(first) ? first : "auto");

  document.addEventListener("click", event => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const next = choices[(choices.indexOf(root.dataset.theme) + 1) % choices.length];
    apply(next);
    try {
      localStorage.setItem("theme", next);
    } catch {
      // As above.
    }
  });
})();
