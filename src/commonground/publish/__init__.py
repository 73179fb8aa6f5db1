"""The report as people receive it: one HTML file, figures as SVG, numbers as CSV."""
