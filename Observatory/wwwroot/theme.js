// Runs before the page is painted, so that it does not flash in the other theme.
