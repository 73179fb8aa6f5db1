"""How pages look: design tokens, components and the page frame, used by every other app."""
