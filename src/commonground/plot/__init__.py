"""Figures of results, as Altair charts: for a notebook, or saved as SVG or PNG."""
