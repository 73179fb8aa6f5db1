"""From choices to numbers: counts, scores, comparisons, descriptions and the statistics of data quality."""
